#!/usr/bin/env python3
"""What charts and reports say in words and cells, from scikit-learn and NumPy; and sets by key."""
import numpy as np
from sklearn import metrics as sk

from common import Lines, table

out = Lines("charts", "Numbers that charts and reports show, and sets by key.")


def flights(model):
    rows = [r for r in table("flights") if r["model"] == model]
    return np.array([float(r["score"]) for r in rows]), np.array([int(r["label"]) for r in rows])


def keep(name, select, source):
    """A table of one text, for the lines after it: a report computes intervals, which takes long."""
    out.add(f"CREATE TEMP TABLE {name} AS {select} AS text FROM {source}", "run", "")


def says(call, source, text):
    out.int(f"SELECT {call} LIKE '%{text}%' FROM {source}", 1)


def plots(call, text):
    out.int(f"SELECT count(*) FROM {call} WHERE line LIKE '%{text}%'", 1)


SETS = "(SELECT model, score_set(score, label) AS s FROM flights GROUP BY model)"
BOTH = "(SELECT score_sets(model, score, label) FROM flights)"
scores = {model: flights(model) for model in ("boosted", "logistic")}


def ece(s, y, bins=10):
    index = np.minimum((s * bins).astype(int), bins - 1)
    return sum(abs(s[index == b].mean() - y[index == b].mean()) * (index == b).mean() for b in range(bins) if (index == b).any())


def best_f1(s, y):
    precision, recall, cutoff = sk.precision_recall_curve(y, s)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
    best = f1[:-1].argmax()
    return f1[best], cutoff[best]


def lift(s, y):
    """Of the first tenth of the rows, as lift_curve has it: scores do not tie across the edge."""
    first = len(s) / 10
    found = np.interp(first, np.arange(len(s) + 1), np.concatenate([[0], np.cumsum(y[np.argsort(-s, kind="stable")])]))
    return found / y.sum() / 0.1


out.note("sklearn roc_auc_score, average_precision_score, precision_recall_curve; calibration error and lift from their definitions")
for model, (s, y) in scores.items():
    auc = f"{model} (AUC {sk.roc_auc_score(y, s):.3f})"
    plots(f"roc_plot({BOTH})", auc)
    plots(f"det_plot({BOTH})", auc)
    plots(f"pr_plot({BOTH})", f"{model} (AP {sk.average_precision_score(y, s):.3f})")
    plots(f"calibration_plot({BOTH})", f"{model} (ECE {ece(s, y):.3f})")
    plots(f"cutoff_plot({BOTH})", f"{model} (best F1 {best_f1(s, y)[0]:.3f} at cutoff {best_f1(s, y)[1]:.3f})")
    plots(f"lift_plot({BOTH})", f"{model} (lift {lift(s, y):.2f} in the first 10 \\%)".replace("\\%", "_"))
    for chart, number in (
        ("roc", f"(AUC {sk.roc_auc_score(y, s):.3f})"),
        ("det", f"(AUC {sk.roc_auc_score(y, s):.3f})"),
        ("pr", f"(AP {sk.average_precision_score(y, s):.3f})"),
        ("calibration", f"(ECE {ece(s, y):.3f})"),
        ("cutoff", f"best F1 {best_f1(s, y)[0]:.3f}"),
        ("lift", f"(lift {lift(s, y):.2f} in"),
    ):
        says(f"{chart}_svg(s, model)", SETS, number)
    out.near(f"SELECT roc_auc(state) FROM each_set({BOTH}) WHERE key = '{model}'", sk.roc_auc_score(y, s), 2)

out.note("the counts of each class and bin; each_set's histogram has a panel a model")
plots(f"histogram_plot({BOTH})", "boosted: Share of the class")
says("histogram_svg(s, model)", SETS, ">logistic<")

out.note("sklearn confusion_matrix, accuracy_score at the cutoff 0.25")
keep("classes_report", "SELECT report_classes_html(score >= 0.25, label, model)", "flights")
for model, (s, y) in scores.items():
    tn, fp, fn, tp = sk.confusion_matrix(y, s >= 0.25).ravel()
    one = f"(SELECT class_set(score >= 0.25, label) AS s FROM flights WHERE model = '{model}')"
    plots(f"confusion_plot({one})", f"0 _ {tn}_ %{fp}_")
    for count in (tn, fp, fn, tp):
        says("confusion_svg(s)", one, f">{count}<")
    accuracy = sk.accuracy_score(y, s >= 0.25)
    says("text", "classes_report", f"<td>{accuracy:.3f}<small>" if model == "logistic" else f">{accuracy:.3f}</span>")
    out.near(f"SELECT accuracy(state) FROM each_set((SELECT class_sets(model, score >= 0.25, label) FROM flights)) WHERE key = '{model}'", accuracy, 2)

out.note("sklearn root_mean_squared_error, r2_score")
for model in ("boosted", "ridge"):
    rows = [r for r in table("diabetes") if r["model"] == model]
    p, t = (np.array([float(r[c]) for r in rows]) for c in ("prediction", "target"))
    says("report_regression_html(prediction, target, model)", "diabetes", f"RMSE {np.sqrt(np.mean((p - t) ** 2)):.2f}, R² {sk.r2_score(t, p):.3f}")
    one = f"(SELECT pred_set(prediction, target) FROM diabetes WHERE model = '{model}')"
    plots(f"residual_plot({one})", f"RMSE {np.sqrt(np.mean((p - t) ** 2)):.2f}, R² {sk.r2_score(t, p):.3f}")
    says("residual_svg(s, model)", "(SELECT model, pred_set(prediction, target) AS s FROM diabetes GROUP BY model)", f"(RMSE {np.sqrt(np.mean((p - t) ** 2)):.2f}, R² {sk.r2_score(t, p):.3f})")
out.int("SELECT count(*) FROM each_set((SELECT pred_sets(model, prediction, target) FROM diabetes))", 2)

out.note("the last point; points by hand")
DAYS = "(VALUES (1, 0.71, 'a'), (2, 0.69, 'a'), (3, 0.74, 'a'), (2, 0.5, 'b'))"
plots(f"trend_plot((SELECT trend_points(column1, column2, column3) FROM {DAYS}))", "a (last 0.740)")
says("trend_svg(column1, column2, column3)", DAYS, "(last 0.740)")

out.note("the report's table of metrics and its notes: sklearn roc_auc_score, log_loss, brier_score_loss")
keep("report", "SELECT report_html(score, label, model)", "flights")
for model, (s, y) in scores.items():
    for value in (sk.roc_auc_score(y, s), sk.log_loss(y, s), np.mean((s - y) ** 2)):
        says("text", "report", f">{value:.3f}<")
z = {m: np.sum((y - s) * (1 - 2 * s)) / np.sqrt(np.sum(s * (1 - s) * (1 - 2 * s) ** 2)) for m, (s, y) in scores.items()}
assert all(abs(x) > 3.3 for x in z.values())
says("text", "report", "</bdi></strong>: the scores are miscalibrated: Spiegelhalter_#39;s test gives p &lt; 0.001".replace("_", "&"))

out.note("keys as GROUP BY tells them apart")
out.text("SELECT group_concat(typeof(key) || ':' || quote(key), ' ') FROM each_set((SELECT score_sets(column1, 0.5, 1) FROM (VALUES (7), ('7'), (7.0), (NULL), (x'37'), (2.5), (NULL))))",
         "null:NULL real:2.5 integer:7 text:'7' blob:X'37'")
out.note("evaluate: the metrics as rows")
for model, (s, y) in scores.items():
    rows = f"evaluate((SELECT score_set(score, label) FROM flights WHERE model = '{model}'))"
    out.near(f"SELECT value FROM {rows} WHERE metric = 'average_precision'", sk.average_precision_score(y, s), 8)
    out.int(f"SELECT count(*) FROM {rows} WHERE low < value AND value < high", 8)
out.note("trend over dates: a tick at the first of the month")
plots("trend_plot((SELECT trend_points(date(ts), score) FROM flights))", "2001-05 % 2001-06")
out.write()
