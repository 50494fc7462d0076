/* Nodes and weights of Gauss-Legendre quadrature on [0, 1].
 *
 * Written by tests/oracle/tables.py: edit there. */
#include "math/legendre_table.h"

/* clang-format off */
const LegendreNode mlm_legendre_table[LEGENDRE_NODES] = {
  {0x1.cdf94ca3070eap-11, 0x1.284e71463c0d6p-9},
  {0x1.2fe1f2bf9542dp-8, 0x1.5801fe5cda0ap-8},
  {0x1.7492aec84312bp-7, 0x1.0d0ae92dd2f62p-7},
  {0x1.58bed3a6078a4p-6, 0x1.6c79dab0af3a4p-7},
  {0x1.1332e072735e7p-5, 0x1.c9b84cd4f2e15p-7},
  {0x1.9100d764edd8bp-5, 0x1.121b1d8e9a25p-6},
  {0x1.1283d2f057f02p-4, 0x1.3db419e3c9685p-6},
  {0x1.6731b3e583bc1p-4, 0x1.6763f67ce7b6cp-6},
  {0x1.c607afc6a6241p-4, 0x1.8eea82a7d6915p-6},
  {0x1.1739e220b3b14p-3, 0x1.b40ae2c10a3f5p-6},
  {0x1.4fea963d0398cp-3, 0x1.d68bed38b1964p-6},
  {0x1.8cbeac535a8e1p-3, 0x1.f638825187601p-6},
  {0x1.cd587d6df506cp-3, 0x1.096feee7215d1p-5},
  {0x1.08aa49dc89aacp-2, 0x1.162af0fc7e7f7p-5},
  {0x1.2c2521d2eb097p-2, 0x1.2139adc43238p-5},
  {0x1.50e62688f4cb5p-2, 0x1.2a8b1efb50a42p-5},
  {0x1.76b4c1be15f78p-2, 0x1.3210ebf5b8207p-5},
  {0x1.9d56be21bd13ap-2, 0x1.37bf7fb3ffa5fp-5},
  {0x1.c490a0f1b9f8dp-2, 0x1.3b8e1ab8156dfp-5},
  {0x1.ec26058da639p-2, 0x1.3d76e07d0147p-5},
  {0x1.09ecfd392ce38p-1, 0x1.3d76e07d0147p-5},
  {0x1.1db7af872303ap-1, 0x1.3b8e1ab8156dfp-5},
  {0x1.3154a0ef21763p-1, 0x1.37bf7fb3ffa5fp-5},
  {0x1.44a59f20f5044p-1, 0x1.3210ebf5b8207p-5},
  {0x1.578cecbb859a5p-1, 0x1.2a8b1efb50a42p-5},
  {0x1.69ed6f168a7b5p-1, 0x1.2139adc43238p-5},
  {0x1.7baadb11bb2aap-1, 0x1.162af0fc7e7f7p-5},
  {0x1.8ca9e0a482be5p-1, 0x1.096feee7215d1p-5},
  {0x1.9cd054eb295c8p-1, 0x1.f638825187601p-6},
  {0x1.ac055a70bf19dp-1, 0x1.d68bed38b1964p-6},
  {0x1.ba318777d313bp-1, 0x1.b40ae2c10a3f5p-6},
  {0x1.c73f0a072b3b8p-1, 0x1.8eea82a7d6915p-6},
  {0x1.d319c9834f888p-1, 0x1.6763f67ce7b6cp-6},
  {0x1.ddaf85a1f502p-1, 0x1.3db419e3c9685p-6},
  {0x1.e6eff289b1227p-1, 0x1.121b1d8e9a25p-6},
  {0x1.eeccd1f8d8ca2p-1, 0x1.c9b84cd4f2e15p-7},
  {0x1.f53a0962cfc3bp-1, 0x1.6c79dab0af3a4p-7},
  {0x1.fa2db544def3bp-1, 0x1.0d0ae92dd2f62p-7},
  {0x1.fda03c1a80d58p-1, 0x1.5801fe5cda0ap-8},
  {0x1.ff8c81acd73e4p-1, 0x1.284e71463c0d6p-9},
};
/* clang-format on */
