/* xStep, xInverse, xValue and xFinal of every aggregate in all its forms. */
#ifndef MLM_AGGREGATE_H
#define MLM_AGGREGATE_H

#include "function.h"

/* Registers the function for all its numbers of arguments; returns an SQLite result code. */
int mlm_register_aggregate(FunctionDef *function);

/* Whether that registers the function for n arguments, or for any number, n = -1. */
bool mlm_registers_aggregate(const FunctionDef *function, int n);

#endif
