#include "core/deploy/spark/join_sides.h"

#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/join_params.h"

namespace rw {

SparkJoin::SparkJoin(NodeForm& form, const JoinPlan& plan) : m_form(form), m_plan(plan) {
    for (int port = 0; port < form.params().ports(); ++port)
        m_rows[static_cast<std::size_t>(port)] = sparkRows(form, port);
}

void SparkJoin::setRows(JoinPort side, std::string rows, bool marked) {
    m_rows[static_cast<std::size_t>(side)] = std::move(rows);
    m_marked[static_cast<std::size_t>(side)] = marked;
}

std::string SparkJoin::column(JoinPort side, std::string_view name) const {
    return m_form.quoted(side == kLeft ? "left" : "right") + "." + m_form.quoted(name);
}

std::string SparkJoin::markedTime(JoinPort side) const {
    return column(side, sparkTimeColumn(stream(side)));
}

std::string SparkJoin::eventTime(JoinPort side) const {
    const StreamType& input = stream(side);
    return column(side, input.schema->fields[static_cast<std::size_t>(input.eventTime)].name);
}

std::string SparkJoin::item(JoinPort side, std::size_t index, const std::string& name) const {
    const std::string& own = stream(side).schema->fields[index].name;
    const bool marked = m_marked[static_cast<std::size_t>(side)] && sparkMarked(stream(side), index);
    const std::string value = column(side, own);
    if (!marked && own == name) return value;
    return (marked ? sparkPlainTime(value) : value) + " AS " + m_form.quoted(name);
}

std::vector<std::string> SparkJoin::pairs() const {
    std::vector<std::string> items;
    for (const JoinPort side : {kLeft, kRight}) {
        for (std::size_t i = 0; i < stream(side).schema->size(); ++i)
            items.push_back(item(side, i, m_form.output().schema->fields[items.size()].name));
    }
    return items;
}

std::string SparkJoin::condition(const std::vector<std::string>& more) const {
    const int left = static_cast<int>(m_plan.left.schema->size());
    const auto named = [&](int index) {
        const JoinPort side = index < left ? kLeft : kRight;
        const auto place = static_cast<std::size_t>(side == kLeft ? index : index - left);
        return column(side, stream(side).schema->fields[place].name);
    };
    std::string all = "(" + m_form.condition("on", joinScope(m_plan), named) + ")";
    if (m_plan.kind == JoinKind::Full) {
        for (std::size_t key = 0; key < m_plan.leftKeys.size(); ++key) {
            all += " AND " + named(m_plan.leftKeys[key]) + " IS NOT NULL";
            all += " AND " + named(left + m_plan.rightKeys[key]) + " IS NOT NULL";
        }
    }
    for (const std::string& one : more) all += " AND " + one;
    return all;
}

std::string SparkJoin::kind() const {
    switch (m_plan.kind) {
        case JoinKind::Left:
        case JoinKind::Anti:  // those of them that met none
            return "left";
        case JoinKind::Right:
            return "right";
        case JoinKind::Full:
            return "full";
        case JoinKind::Semi:
            return "left_semi";
        case JoinKind::Inner:
            break;
    }
    return "inner";
}

std::string SparkJoin::joined(const std::string& condition, const std::vector<std::string>& items,
                              const std::string& where) const {
    std::string text =
        pyCall(m_rows[kLeft] + ".alias(\"left\").join",
               {m_rows[kRight] + ".alias(\"right\")", "F.expr(" + pySql(condition) + ")", pyText(kind())});
    if (!where.empty()) text = pyCall(text + ".where", {pyText(where)});
    std::vector<std::string> columns;
    for (const std::string& item : items) columns.push_back(pyText(item));
    return pyCall(text + ".selectExpr", columns);
}

}  // namespace rw
