#include "core/deploy/flink/join_text.h"

#include "core/deploy/flink/clauses.h"
#include "core/nodes/join_params.h"

namespace rw {

namespace {

const char* sideName(JoinPort side) {
    return side == kLeft ? "`left`" : "`right`";
}

}  // namespace

FlinkJoin::FlinkJoin(NodeForm& form, const JoinPlan& plan) : m_form(form), m_plan(plan) {}

std::string FlinkJoin::column(JoinPort side, int column) const {
    const auto& named = m_names[static_cast<std::size_t>(side)];
    return sideName(side) + std::string(".") +
           (named ? named(column) : flinkColumn(m_form, *stream(side).schema, column));
}

std::string FlinkJoin::plainColumn(JoinPort side, int column) const {
    const std::string text = this->column(side, column);
    return column == stream(side).eventTime ? flinkInstant(text) : text;
}

std::string FlinkJoin::condition() const {
    const int left = static_cast<int>(m_plan.left.schema->size());
    // Keys are parts of it that AND holds together, so that more can be added with AND.
    return m_form.condition("on", joinScope(m_plan), [this, left](int column) {
        return column < left ? this->column(kLeft, column) : this->column(kRight, column - left);
    });
}

std::string FlinkJoin::pairs(const StreamType& output) const {
    const int left = static_cast<int>(m_plan.left.schema->size());
    std::vector<std::string> columns;
    for (int i = 0; i < static_cast<int>(output.schema->size()); ++i) {
        const JoinPort side = i < left ? kLeft : kRight;
        const int column = i < left ? i : i - left;
        columns.push_back(i == output.eventTime ? this->column(side, column) : plainColumn(side, column));
    }
    flinkNameAll(m_form, columns, *output.schema);
    return flinkLine(columns);
}

std::string FlinkJoin::words() const {
    switch (m_plan.kind) {
        case JoinKind::Left:
            return "LEFT JOIN";
        case JoinKind::Right:
            return "RIGHT JOIN";
        case JoinKind::Full:
            return "FULL JOIN";
        case JoinKind::Inner:
        case JoinKind::Semi:
        case JoinKind::Anti:
            break;
    }
    return "INNER JOIN";
}

std::string flinkSide(const std::string& relation, JoinPort side) {
    return relation + " AS " + sideName(side);
}

}  // namespace rw
