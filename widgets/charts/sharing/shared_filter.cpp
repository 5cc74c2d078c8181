#include "widgets/charts/sharing/shared_filter.h"

#include <algorithm>

#include "core/data/text.h"

namespace rw::ui {

bool ColumnValue::isOf(const ChartColumn& other) const {
    const bool sameKind =
        column.type.isNumeric() ? other.type.isNumeric() : column.type.id == other.type.id;
    return sameKind && column.name == other.name;
}

bool ColumnValue::keeps(const std::string& other) const {
    if (other == label) return true;
    if (!column.type.isNumeric()) return false;
    const std::optional<double> here = parseDouble(label), there = parseDouble(other);
    return here && there && *here == *there;
}

QString ColumnValue::words() const {
    const QString name = QString::fromStdString(column.name), value = QString::fromStdString(label);
    if (label == "NULL") return name + QStringLiteral(" = NULL");
    return column.type.isNumeric() ? QStringLiteral("%1 = %2").arg(name, value)
                                   : QStringLiteral("%1 = '%2'").arg(name, value);
}

void SharedFilter::choose(const std::vector<ColumnValue>& values, const ChartWidget* chart) {
    if (values.empty()) return;
    const auto isChosen = [this](const ColumnValue& value) {
        return std::any_of(m_conditions.begin(), m_conditions.end(),
                           [&](const FilterCondition& each) { return each.value == value; });
    };
    const bool again = std::all_of(values.begin(), values.end(), isChosen);
    for (const ColumnValue& value : values) {
        const auto before = m_conditions.size();
        std::erase_if(m_conditions, [&](const FilterCondition& each) { return each.value.isOf(value.column); });
        if (m_conditions.size() < before) m_beforeTimes = std::min(m_beforeTimes, m_conditions.size());
        if (!again) m_conditions.push_back({value, chart});
    }
    Q_EMIT changed();
}

void SharedFilter::chooseTimes(const Range& times) {
    m_times = times;
    m_beforeTimes = m_conditions.size();
    Q_EMIT changed();
}

void SharedFilter::lift(const ColumnValue& value) {
    std::erase_if(m_conditions, [&](const FilterCondition& each) { return each.value == value; });
    m_beforeTimes = std::min(m_beforeTimes, m_conditions.size());
    Q_EMIT changed();
}

void SharedFilter::liftTimes() {
    if (!m_times) return;
    m_times.reset();
    Q_EMIT changed();
}

void SharedFilter::liftLast() {
    if (!any()) return;
    if (m_times && m_beforeTimes == m_conditions.size()) return liftTimes();
    m_conditions.pop_back();
    Q_EMIT changed();
}

void SharedFilter::clear() {
    if (!any()) return;
    m_conditions.clear();
    m_times.reset();
    Q_EMIT changed();
}

void SharedFilter::leave(const ChartWidget* chart) {
    bool chosen = false;
    for (FilterCondition& each : m_conditions) {
        if (each.chosenIn != chart) continue;
        each.chosenIn = nullptr;
        chosen = true;
    }
    if (chosen) Q_EMIT changed();
}

}  // namespace rw::ui
