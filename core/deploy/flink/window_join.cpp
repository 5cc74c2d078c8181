// window_join: both sides in their windows, and pairs of rows of one window.
#include <fmt/format.h>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/join_text.h"
#include "core/deploy/flink/window_rows.h"
#include "core/nodes/join_params.h"
#include "core/nodes/window_params.h"

namespace rw {

namespace {

struct WindowSide {
    JoinPort port;
    StreamType input;
    FlinkWindowRows rows;

    std::string window(const std::string& column) const {
        return fmt::format("{}.{}", port == kLeft ? "`left`" : "`right`", column);
    }
    /// The rows on time, as a side of the join.
    std::string from() const {
        return flinkSide(rows.onTime.empty()
                             ? rows.from
                             : fmt::format("(SELECT * FROM {} WHERE {})", rows.from, rows.onTime),
                         port);
    }
};

class WindowPairs {
 public:
    WindowPairs(NodeForm& form, const FlinkJoin& join, const WindowSide& left, const WindowSide& right)
        : m_form(form), m_left(left), m_right(right), m_join(join) {
        // Written once: remarks on its words are added with each writing.
        m_on = fmt::format("{}\n  AND {} = {} AND {} = {}", join.condition(), left.window(left.rows.start),
                           right.window(right.rows.start), left.window(left.rows.end),
                           right.window(right.rows.end));
    }

    /// The query, but for rows of the right that meet none.
    std::string query(JoinKind kind, const std::string& words) const {
        const bool pairs = kind != JoinKind::Semi && kind != JoinKind::Anti;
        const WindowSide& window = kind == JoinKind::Right ? m_right : m_left;
        const std::string select = list(true, pairs, window);
        if (pairs)
            return fmt::format("{}\nFROM {}\n{} {}\nON {}", select, m_left.from(), words, m_right.from(),
                               m_on);
        return fmt::format("{}\nFROM {}\nWHERE {}EXISTS (\n  SELECT 1 FROM {}\n  WHERE {})", select,
                           m_left.from(), kind == JoinKind::Anti ? "NOT " : "", m_right.from(), m_on);
    }
    /// Rows of the right that meet none, beside NULLs.
    std::string rightAlone() const {
        return fmt::format("{}\nFROM {}\nWHERE NOT EXISTS (\n  SELECT 1 FROM {}\n  WHERE {})",
                           list(false, true, m_right), m_right.from(), m_left.from(), m_on);
    }

 private:
    /// “SELECT `left`.`id`, …”: columns of the left, or NULLs in their place, those of the right where there
    /// are pairs, and the windows of `window`.
    std::string list(bool left, bool pairs, const WindowSide& window) const {
        std::vector<std::string> columns;
        add(m_left, left, columns);
        if (pairs) add(m_right, true, columns);
        for (const std::string& column : {window.rows.start, window.rows.end, window.rows.time})
            columns.push_back(window.window(column));
        flinkNameAll(m_form, columns, *m_form.output().schema);
        return "SELECT " + flinkLine(columns);
    }
    /// Windows of the inputs themselves give way to those of the join.
    void add(const WindowSide& side, bool there, std::vector<std::string>& columns) const {
        for (int i = 0; i < static_cast<int>(side.input.schema->size()); ++i) {
            const Field& field = side.input.schema->fields[static_cast<std::size_t>(i)];
            if (isWindowColumn(field.name)) continue;
            columns.push_back(
                there ? m_join.plainColumn(side.port, i)
                      : fmt::format("CAST(NULL AS {})", m_form.dialect().words().type(field.type)));
        }
    }

    NodeForm& m_form;
    const WindowSide &m_left, &m_right;
    const FlinkJoin& m_join;
    std::string m_on{};
};

}  // namespace

void flinkWindowJoin(NodeForm& form) {
    JoinPlan plan;
    WindowPlan windows[2];
    bindJoin(form.params(), {}, plan);
    bindWindows(form.params(), windows[kLeft], windows[kRight]);
    const WindowSide left{kLeft, plan.left, flinkWindowRows(form, windows[kLeft], kLeft, "left")};
    const WindowSide right{kRight, plan.right, flinkWindowRows(form, windows[kRight], kRight, "right")};
    FlinkJoin join(form, plan);
    join.name(kLeft, left.rows.column);
    join.name(kRight, right.rows.column);

    const WindowPairs pairs(form, join, left, right);
    std::string query;
    if (plan.kind == JoinKind::Full) {
        // A window's time that is of either side, by COALESCE, would no longer be event time.
        query = pairs.query(JoinKind::Left, "LEFT JOIN") + "\nUNION ALL\n" + pairs.rightAlone();
    } else {
        query = pairs.query(plan.kind, join.words());
    }
    flinkView(form, form.relation(), query);
    flinkLatePort(form, kLeft, "late_left", left.rows.late);
    flinkLatePort(form, kRight, "late_right", right.rows.late);
    flinkNoRejected(form);
}

}  // namespace rw
