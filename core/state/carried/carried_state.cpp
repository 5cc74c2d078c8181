#include "core/state/carried/carried_state.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "core/data/column_index.h"
#include "core/data/raw_fields.h"
#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/stream/aggregates/group_state.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

/// Of all records that are made anew here: with another one their layout is another.
constexpr std::uint32_t kKnownVersion = 1;
constexpr std::string_view kAggregate = "aggregate", kValue = "value";

/// Which keyed records hold accumulators, or results that were shown, and which field tells of how many
/// groups: those of group_aggregate, of slices, and of sessions, each in one piece and by change, and of
/// windows that were shown.
struct KeyedLayout {
    std::string_view name{};
    bool accumulators = false;
    enum class Groups { Keys, Sessions, Shown } groups = Groups::Keys;
};
constexpr std::array<KeyedLayout, 8> kLayouts{{{"groups", true, KeyedLayout::Groups::Keys},
                                               {"changes", true, KeyedLayout::Groups::Keys},
                                               {"part", true, KeyedLayout::Groups::Keys},
                                               {"changed_part", true, KeyedLayout::Groups::Keys},
                                               {"piece", true, KeyedLayout::Groups::Keys},
                                               {"sessions", true, KeyedLayout::Groups::Sessions},
                                               {"changed_sessions", true, KeyedLayout::Groups::Sessions},
                                               {"shown", false, KeyedLayout::Groups::Shown}}};
constexpr std::string_view kHeld = "held";

/// How many groups the accumulators, or the rows shown, of a record are of. Each takes more than a byte
/// there: a larger number is a broken one, for which no memory is taken.
Result<std::size_t> groupsOf(const StateReader& record, KeyedLayout::Groups by, std::size_t bytes) {
    std::uint64_t count = 0;
    if (by == KeyedLayout::Groups::Keys) {
        RW_TRY_ASSIGN(count, record.u64("keys"));
    } else if (by == KeyedLayout::Groups::Shown) {
        RW_TRY_ASSIGN(const std::string_view shown, record.bytes("shown"));
        count = shown.size();
    } else {
        RW_TRY_ASSIGN(const std::string_view open, record.bytes("open"));
        if (open.size() < sizeof count) return brokenState("places of sessions");
        count = open.size() - sizeof count;  // behind their number a byte for each
    }
    if (count > bytes) return brokenState("the number of groups");
    return static_cast<std::size_t>(count);
}

class Carrying {
 public:
    explicit Carrying(const CarriedAggregates& to) : m_to(to) {}

    Result<std::string> run(std::string_view state) const {
        RW_TRY(StateReader::open(state).status());
        RW_TRY_ASSIGN(const RawRecord record, rawRecord(state.substr(state_layout::kSealSize)));
        RawRecordWriter out(record.version);
        for (const RawField& field : record.fields) {
            const auto layout =
                std::find_if(kLayouts.begin(), kLayouts.end(),
                             [&field](const KeyedLayout& each) { return each.name == field.name; });
            const bool keyed = field.type == StateType::KeyedRecord;
            if (keyed && layout != kLayouts.end()) {
                RW_TRY_ASSIGN(const std::string made, keyedRecord(field.payload, *layout));
                out.field(field, made);
            } else if (keyed && field.name == kHeld && !m_to.read.empty()) {
                RW_TRY_ASSIGN(const std::string made, heldRows(field.payload));
                out.field(field, made);
            } else {
                out.copy(field);
            }
        }
        return out.sealed();
    }

 private:
    Result<std::string> keyedRecord(std::string_view bytes, const KeyedLayout& layout) const {
        RW_TRY_ASSIGN(const RawRecord record, rawRecord(bytes));
        RW_TRY_ASSIGN(const StateReader reader, StateReader::unsealed(bytes));
        if (record.version != kKnownVersion) return brokenState("version of groups");
        RW_TRY_ASSIGN(const std::size_t groups, groupsOf(reader, layout.groups, bytes.size()));
        std::vector<RawField> accumulators, values;
        for (const RawField& field : record.fields) {
            if (field.type != StateType::Record) continue;
            if (field.name == kAggregate) accumulators.push_back(field);
            if (field.name == kValue) values.push_back(field);
        }
        if (accumulators.size() != (layout.accumulators ? m_to.before : 0))
            return brokenState("the number of aggregates");
        const bool shows = !values.empty();
        if (shows && values.size() != m_to.keys + m_to.before) return brokenState("the number of results");
        std::string accumulatorFields, valueFields;
        if (layout.accumulators) {
            RW_TRY_ASSIGN(accumulatorFields, accumulatorsNow(accumulators, groups));
        }
        if (shows) {
            RW_TRY_ASSIGN(valueFields, valuesNow(values, groups));
        }

        RawRecordWriter out(record.version);
        for (const RawField& field : record.fields) {
            const bool ofRecord = field.type == StateType::Record;
            if (ofRecord && field.name == kAggregate) {
                out.append(std::exchange(accumulatorFields, {}));  // in the place of the first
            } else if (ofRecord && field.name == kValue) {
                out.append(std::exchange(valueFields, {}));
            } else {
                out.copy(field);
            }
        }
        return out.bytes();
    }

    /// Fields of all accumulators of the new definition, for `groups` groups.
    Result<std::string> accumulatorsNow(const std::vector<RawField>& before, std::size_t groups) const {
        std::string out;
        for (std::size_t i = 0; i < m_to.now.size(); ++i) {
            if (const auto from = m_to.from[i]) {
                if (*from >= before.size()) return brokenState("the place of an aggregate");
                out += before[*from].all;
                continue;
            }
            Aggregates fresh({m_to.now[i]}, m_to.retracting);
            fresh.resize(groups);
            StateWriter writer;
            fresh.snapshot(numbers(groups), writer);
            out += writer.takeFields();
        }
        return out;
    }

    /// Fields of keys and results as they were shown, of at most `groups` groups.
    Result<std::string> valuesNow(const std::vector<RawField>& before, std::size_t groups) const {
        RW_TRY_ASSIGN(const StateReader first, StateReader::unsealed(before.front().payload));
        RW_TRY_ASSIGN(const StateReader column, first.record("values"));
        RW_TRY_ASSIGN(const std::uint64_t rows, column.u64("rows"));
        if (rows > groups) return brokenState("rows of results");
        std::string out;
        for (std::size_t key = 0; key < m_to.keys; ++key) out += before[key].all;
        for (std::size_t i = 0; i < m_to.now.size(); ++i) {
            if (const auto from = m_to.from[i]) {
                if (m_to.keys + *from >= before.size()) return brokenState("the place of a result");
                out += before[m_to.keys + *from].all;
                continue;
            }
            Aggregates fresh({m_to.now[i]}, m_to.retracting);
            fresh.resize(static_cast<std::size_t>(rows));
            const std::vector<ColumnRef> results =
                fresh.results(numbers(static_cast<std::size_t>(rows)), nullptr);
            StateWriter writer;
            writeColumns(writer, kValue, results);
            out += writer.takeFields();
        }
        return out;
    }

    /// Rows that wait for their sessions came before now: a new aggregate finds NULL where a column of them
    /// was not kept.
    Result<std::string> heldRows(std::string_view bytes) const {
        RW_TRY_ASSIGN(const StateReader record, StateReader::unsealed(bytes));
        if (record.version() != kKnownVersion) return brokenState("version of rows that wait");
        RW_TRY_ASSIGN(Batch rows, record.batch("rows"));
        auto schema = std::make_shared<Schema>(*rows.schema);
        for (const Field& field : m_to.read) {
            const auto found = schema->find(field.name);
            const auto at = static_cast<std::size_t>(found.value_or(0));
            if (found && rows.columns[at] && schema->fields[at].type == field.type) continue;
            ColumnBuilder nothing(field.type);
            for (std::size_t row = 0; row < rows.rows; ++row) nothing.appendNull();
            if (found) {
                schema->fields[at].type = field.type;
                rows.columns[at] = nothing.finish();
            } else {
                schema->fields.push_back(field);
                rows.columns.push_back(nothing.finish());
            }
        }
        rows.schema = std::move(schema);
        StateWriter writer;
        writer.batch("rows", rows);
        RawRecordWriter out(record.version());
        out.append(writer.takeFields());
        return out.bytes();
    }

    static std::vector<std::uint32_t> numbers(std::size_t count) {
        std::vector<std::uint32_t> all(count);
        std::iota(all.begin(), all.end(), 0U);
        return all;
    }

    const CarriedAggregates& m_to;
};

}  // namespace

Result<std::string> carriedState(std::string_view state, const CarriedAggregates& carried) {
    return Carrying(carried).run(state);
}

}  // namespace rw
