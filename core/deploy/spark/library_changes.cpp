#include "core/deploy/spark/library.h"

namespace rw {

namespace {

constexpr std::string_view kChanging = R"py(
class Changing:
    """Rows that change, as totals do: what a stream is grouped to, and what `change` makes of that.

    A micro-batch has the rows that are new or other; where something must see every row, all of them (`whole`).
    """

    def __init__(self, stream, change=lambda rows: rows, whole=False):
        self.stream, self.change, self.whole = stream, change, whole

    def then(self, step, whole=False):
        return Changing(self.stream, lambda rows: step(self.change(rows)), self.whole or whole)

    def where(self, condition):
        return self.then(lambda rows: rows.where(condition), whole=True)

    def selectExpr(self, *items):
        return self.then(lambda rows: rows.selectExpr(*items))
)py";

constexpr std::string_view kUnmarked = R"py(
def unmarked(rows, time):
    """The columns of rows, with the one that Spark knows as event time as a plain one."""
    plain = f"{quoted(time)} + INTERVAL '0' SECOND AS {quoted(time)}"
    return [plain if column == time else quoted(column) for column in rows.columns]
)py";

constexpr std::string_view kMarked = R"py(
def marked(rows):
    """Rows whose `$time` Spark is to know as event time, though it was computed."""
    return rows.withMetadata("$time", {"spark.watermarkDelayMs": 0})
)py";

constexpr std::string_view kWithWindows = R"py(
def with_windows(rows, time, window):
    """Rows with their windows beside them: one for each."""
    return rows.selectExpr(*unmarked(rows, time), f"{window} AS `$window`")
)py";

constexpr std::string_view kWithOwnWindows = R"py(
def with_own_windows(rows):
    """Rows of windows with these as `$window`."""
    return rows.selectExpr("*", "struct(window_start AS `start`, window_end AS `end`) AS `$window`")
)py";

constexpr std::string_view kCumulating = R"py(
def cumulating(rows, time, size, step, offset):
    """Rows with each window from the last multiple of `size` on, a step longer each, that they are in."""
    millis = f"unix_millis({quoted(time)})"
    past = f"pmod({millis} - {offset}L, {size}L)"
    start = f"timestamp_millis({millis} - {past})"
    end = f"timestamp_millis({millis} - {past} + n * {step}L)"
    steps = f"sequence({past} DIV {step}L + 1, {size // step}L)"
    windows = f"transform({steps}, n -> struct({start} AS `start`, {end} AS `end`))"
    columns = [column for column in unmarked(rows, time) if not column.endswith("`$time`")]
    placed = rows.selectExpr(*columns, f"explode({windows}) AS `$window`")
    return marked(placed.selectExpr("*", "`$window`.`end` - INTERVAL '0.000001' SECOND AS `$time`"))
)py";

constexpr std::string_view kWindowTotals = R"py(
def window_totals(rows, window, keys, aggregates):
    """A row for each window and key, once the watermark has passed the window's end."""
    own = [F.expr(window).alias("$window")] if window else ["$window", "$time"]
    hidden = ["$window", "$time", "$all"]
    added = rows.groupBy(*own, *map(F.expr, keys)).agg(*map(F.expr, aggregates))
    return added.selectExpr(
        "date_trunc('MILLISECOND', `$window`.`start`) AS `window_start`",
        "date_trunc('MILLISECOND', `$window`.`end`) AS `window_end`",
        "date_trunc('MILLISECOND', `$window`.`end`) - INTERVAL '0.001' SECOND AS `window_time`",
        *[quoted(column) for column in added.columns if column not in hidden],
        "window_time(`$window`) AS `$time`" if window else "`$time`",
    )
)py";

constexpr std::string_view kTotals = R"py(
def totals(rows, keys, aggregates):
    """A row for each key of all rows so far."""

    def added_up(rows):
        grouped = rows.groupBy(*map(F.expr, keys))
        # Of no rows at all there is no row, also without a key.
        counted = grouped.agg(*map(F.expr, aggregates), F.expr("COUNT(*) AS `$rows`"))
        return counted.where("`$rows` > 0").drop("$rows")

    return rows.then(added_up, whole=True) if isinstance(rows, Changing) else Changing(added_up(rows))
)py";

constexpr std::string_view kLatest = R"py(
def latest(rows, keys, time):
    """The row of each key with the greatest event time so far."""
    row = ", ".join(map(quoted, rows.columns))
    grouped = rows.groupBy(*[F.expr(f"{key} AS `$key_{n}`") for n, key in enumerate(keys)])
    best = grouped.agg(F.expr(f"max_by(struct({row}), {quoted(time)}) AS `$row`"))
    return Changing(best.selectExpr("`$row`.*"))
)py";

constexpr std::string_view kInOrder = R"py(
def in_order(by, columns):
    """What compares two rows: by these columns, then by all. NULL is lowest."""
    order = "0"
    for name, descending in reversed(by + [(column, False) for column in columns]):
        left, right, first = f"l.{quoted(name)}", f"r.{quoted(name)}", 1 if descending else -1
        order = (
            f"CASE WHEN {left} <=> {right} THEN {order} WHEN {left} IS NULL THEN {first} "
            f"WHEN {right} IS NULL THEN {-first} WHEN {left} < {right} THEN {first} ELSE {-first} END"
        )
    return f"(l, r) -> {order}"
)py";

constexpr std::string_view kTopN = R"py(
def top_n(rows, by, limit, partition, rank):
    """The best rows of each partition and, where rows have windows, of each window."""
    if isinstance(rows, Changing):

        def best(rows):
            columns = by + [(column, False) for column in rows.columns]
            order = [F.desc(quoted(name)) if down else F.asc(quoted(name)) for name, down in columns]
            place = F.row_number().over(Window.partitionBy(*partition).orderBy(*order))
            return rows.withColumn(rank, place.cast("bigint")).where(f"{quoted(rank)} <= {limit}")

        return rows.then(best, whole=True)
    columns = [column for column in rows.columns if column != "$time"]
    every = "collect_list(struct(" + ", ".join(map(quoted, columns)) + "))"
    order = in_order(by, columns)
    keys = [F.expr(key + f" AS `$key_{n}`") for n, key in enumerate(partition)]
    windows = [F.expr("window_start AS `$start`"), F.expr("window_end AS `$end`")]
    best = rows.groupBy(*windows, "$time", *keys).agg(
        F.expr(f"slice(array_sort({every}, {order}), 1, {limit}) AS `$best`")
    )
    placed = best.selectExpr("posexplode(`$best`) AS (`$place`, `$row`)", "`$time`")
    return placed.selectExpr("`$row`.*", f"CAST(`$place` + 1 AS BIGINT) AS {quoted(rank)}", "`$time`")
)py";

constexpr std::string_view kFlattened = R"py(
def flattened(rows, column, places, keep_empty=False, or_null=False):
    """A row for each element of the JSON array in a column; of an object, one."""
    if isinstance(rows, Changing):
        return rows.then(lambda rows: flattened(rows, column, places, keep_empty, or_null))
    text = quoted(column)
    fails = "NULL" if or_null else f"raise_error(concat('This is no JSON array: ', {text}))"
    items = (
        f"CASE WHEN {text} IS NULL THEN NULL WHEN json_object_keys({text}) IS NOT NULL THEN array({text}) "
        f"ELSE coalesce(from_json({text}, 'ARRAY<STRING>'), {fails}) END"
    )
    explode = "posexplode_outer" if keep_empty else "posexplode"
    found = rows.selectExpr("*", f"{items} AS `$items`").selectExpr(
        *map(quoted, rows.columns), f"{explode}(`$items`) AS (`index`, `$item`)"
    )
    values = []
    for name, (type, place, bare) in places.items():
        value = f"get_json_object(`$item`, {literal(place)})"
        if bare:
            value = f"IF(json_object_keys(`$item`) IS NULL, `$item`, {value})"
        if type == "BINARY":
            value = f"{'try_to_binary' if or_null else 'to_binary'}({value}, 'base64')"
        elif type != "STRING":
            value = f"{'TRY_CAST' if or_null else 'CAST'}({value} AS {type})"
        values.append(f"{value} AS {quoted(name)}")
    return found.selectExpr(*map(quoted, rows.columns), "`index`", *values)
)py";

constexpr std::string_view kNothingRejected = R"py(
def nothing_rejected(rows):
    """No rows by a port “rejected”: what fails ends the job."""
    columns = "`node` STRING, `error` STRING, `row` STRING, `position` BIGINT"
    stream = rows.stream if isinstance(rows, Changing) else rows
    nothing = stream.where("FALSE").selectExpr(f"from_json(NULL, {literal(columns)}) AS `$row`")
    return nothing.selectExpr("`$row`.*")
)py";

}  // namespace

const std::vector<SparkFunction>& sparkChanges() {
    static const std::vector<SparkFunction> kChanges{
        {"Changing", "", kChanging},
        {"unmarked", "", kUnmarked},
        {"marked", "", kMarked},
        {"with_windows", "", kWithWindows},
        {"with_own_windows", "", kWithOwnWindows},
        {"cumulating", "", kCumulating},
        {"window_totals", "", kWindowTotals},
        {"totals", "", kTotals},
        {"latest", "", kLatest},
        {"in_order", "", kInOrder},
        {"top_n", "", kTopN},
        {"flattened", "", kFlattened},
        {"nothing_rejected", "", kNothingRejected},
    };
    return kChanges;
}

}  // namespace rw
