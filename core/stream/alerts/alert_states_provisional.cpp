// What AlertStates has of provisional values: by key, as an alert, and in checkpoints.
#include <numeric>

#include "core/stream/alerts/alert_states.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

constexpr std::uint32_t kProvisionalVersion = 1;

/// What a row of the record is: a value, or the alert, of which others were told or not.
enum ProvisionalRow : std::int64_t { kValueRow, kAlertRow, kToldAlertRow };
/// The columns of the record behind the keys.
enum ProvisionalField : std::size_t {
    kSortField,
    kAtField,
    kStartField,
    kRaisedField,
    kValueField,
    kPeakField,
    kMessageField
};

std::vector<Type> provisionalTypes() {
    const Type number = Type::of(TypeId::Bigint), value = Type::of(TypeId::Double);
    return {number, number, number, number, value, value, Type::of(TypeId::String)};
}

/// The rows of a record while they are written.
struct ProvisionalRows {
    std::vector<std::uint32_t> groups{};
    std::vector<ColumnBuilder> columns{};

    ProvisionalRows() {
        for (const Type type : provisionalTypes()) columns.emplace_back(type);
    }
    void add(std::uint32_t group, ProvisionalRow sort, const ProvisionalAlert& alert) {
        groups.push_back(group);
        columns[kSortField].append(std::int64_t{sort});
        columns[kAtField].append(alert.at);
        columns[kStartField].append(alert.start);
        columns[kRaisedField].append(alert.raised);
        addNumber(columns[kValueField], alert.value);
        addNumber(columns[kPeakField], alert.peak);
        columns[kMessageField].appendString(alert.message);
    }
    static void addNumber(ColumnBuilder& column, const std::optional<double>& number) {
        if (number) {
            column.append(*number);
        } else {
            column.appendNull();
        }
    }
};

std::optional<double> numberIn(const Column& column, std::size_t row) {
    return column.isNull(row) ? std::nullopt : std::optional(column.at<double>(row));
}

}  // namespace

ProvisionalState* AlertStates::provisional(std::uint32_t group) {
    const auto found = m_provisional.find(group);
    return found == m_provisional.end() ? nullptr : &found->second;
}

const ProvisionalState* AlertStates::provisional(std::uint32_t group) const {
    const auto found = m_provisional.find(group);
    return found == m_provisional.end() ? nullptr : &found->second;
}

void AlertStates::tidyProvisional(std::uint32_t group) {
    const auto found = m_provisional.find(group);
    if (found != m_provisional.end() && found->second.empty()) m_provisional.erase(found);
}

const ProvisionalAlert* AlertStates::raisedProvisionally(std::uint32_t group) const {
    const ProvisionalState* const state = provisional(group);
    return state != nullptr && state->alert() ? &*state->alert() : nullptr;
}

Alert AlertStates::provisionalAlert(std::uint32_t group) const {
    const ProvisionalAlert& raised = *raisedProvisionally(group);
    Alert alert;
    alert.key = key(group);
    alert.stage = AlertStage::Open;
    alert.start = raised.start;
    alert.raised = raised.raised;
    alert.value = raised.value;
    alert.peak = raised.peak;
    alert.message = raised.message;
    alert.provisional = true;
    return alert;
}

void AlertStates::snapshotProvisional(int keyGroup, std::span<const std::uint32_t> groups,
                                      StateWriter& out) const {
    ProvisionalRows rows;
    for (const std::uint32_t group : groups) {
        const ProvisionalState* const state = provisional(group);
        if (state == nullptr) continue;
        for (const ProvisionalValue& each : state->values()) {
            ProvisionalAlert value;
            value.at = each.at;
            value.value = each.value;
            value.message = each.message;
            rows.add(group, kValueRow, value);
        }
        if (const auto& alert = state->alert())
            rows.add(group, alert->told ? kToldAlertRow : kAlertRow, *alert);
    }
    if (rows.groups.empty()) return;
    std::vector<ColumnRef> columns;
    for (ColumnBuilder& column : rows.columns) columns.push_back(column.finish());
    out.keyed(kProvisionalRecord, keyGroup, kProvisionalVersion, [&](StateWriter& record) {
        record.u64("rows", rows.groups.size());
        writeColumns(record, "key", m_keys.columns(rows.groups));
        writeColumns(record, "value", columns);
    });
}

Status AlertStates::restoreProvisional(const StateReader& record) {
    if (record.version() != kProvisionalVersion) return brokenState("version of provisional alerts");
    RW_TRY_ASSIGN(const std::uint64_t count, record.u64("rows"));
    RW_TRY_ASSIGN(const auto keys, readColumns(record, "key", m_plan->keyTypes, count));
    RW_TRY_ASSIGN(const auto columns, readColumns(record, "value", provisionalTypes(), count));
    m_columns.clear();
    for (const ColumnRef& key : keys) m_columns.push_back(key.get());
    hashKeys(m_columns, count, m_hashes);
    std::vector<std::uint32_t> every(count), groups;
    std::iota(every.begin(), every.end(), 0U);
    m_keys.findOrInsert(m_columns, m_hashes, every, groups);
    if (m_keys.size() != m_slots.size()) return brokenState("keys of provisional alerts");
    for (std::size_t row = 0; row < count; ++row) {
        ProvisionalAlert alert;
        const std::int64_t sort = columns[kSortField]->at<std::int64_t>(row);
        if (sort < kValueRow || sort > kToldAlertRow) return brokenState("a provisional alert");
        alert.at = columns[kAtField]->at<std::int64_t>(row);
        alert.start = columns[kStartField]->at<std::int64_t>(row);
        alert.raised = columns[kRaisedField]->at<std::int64_t>(row);
        alert.value = numberIn(*columns[kValueField], row);
        alert.peak = numberIn(*columns[kPeakField], row);
        alert.message = columns[kMessageField]->string(row);
        alert.told = sort == kToldAlertRow;
        ProvisionalState& state = m_provisional[groups[row]];
        if (sort == kValueRow) {
            state.add({alert.at, alert.value, std::move(alert.message)}, m_plan->times);
        } else {
            state.restoreAlert(std::move(alert), m_plan->times);
        }
    }
    return {};
}

}  // namespace rw
