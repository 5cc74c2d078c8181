// DISTINCT: lets each value of a group through once.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/registry.h"
#include "core/sql/aggregates/value_counts.h"
#include "core/sql/aggregates/value_set.h"
#include "core/sql/decimal.h"

namespace rw::sql {

namespace {

/// The values seen are stored as values of the argument. Exact aggregates of integers and DECIMALs
/// (VAR_POP …) stored DOUBLEs in earlier versions, under the first name.
constexpr std::string_view kValues = "values", kExactValues = "exactValues";

std::string_view nameOfValues(const BoundAggregate& bound) {
    const bool exact = findAggregate(bound.function)->exact && !bound.argument->type.is(TypeId::Double);
    return exact ? kExactValues : kValues;
}

/// Whether values of that memory type were kept as DOUBLEs once.
template <class T>
constexpr bool kWereDoubles =
    std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, Int128>;

/// The value that was kept as this DOUBLE. Of the largest BIGINT the nearest DOUBLE is one more.
template <class T>
T ofEarlierDouble(double value, Type type) {
    const Type decimal = Type::decimal(kMaxPrecision, type.is(TypeId::Decimal) ? type.scale : 0);
    const Int128 least = std::numeric_limits<T>::min(), most = std::numeric_limits<T>::max();
    const Int128 nearest = decimalFromDouble(value, decimal).value_or(value < 0 ? least : most);
    return static_cast<T>(std::clamp(nearest, least, most));
}

/// `values`: the values that each group has seen.
template <class Values>
void snapshotDistinct(std::string_view name, const std::vector<Values>& values, const Accumulator& inner,
                      std::span<const std::uint32_t> groups, StateWriter& out) {
    StateFieldsWriter fields;
    for (const std::uint32_t group : groups) {
        fields(name, values[group]);
        fields.next();
    }
    fields.writeTo(out);
    out.record("inner", 1, [&](StateWriter& record) { inner.snapshot(groups, record); });
}

/// Reads into `values` the values that each group has seen. Earlier: the same of DOUBLEs; fill(values, earlier)
/// converts them.
template <class Earlier, class Values, class Fill>
Status restoreDistinct(std::string_view name, std::vector<Values>& values, std::size_t& heapBytes,
                       Accumulator& inner, std::span<const std::uint32_t> groups, const StateReader& state,
                       Fill fill) {
    StateFieldsReader fields(state);
    const bool isEarlier = !fields.has(name);
    for (const std::uint32_t group : groups) {
        const std::size_t before = values[group].heapBytes();
        if (isEarlier) {
            Earlier earlier;
            fields(kValues, earlier);
            fill(values[group], earlier);
        } else {
            fields(name, values[group]);
        }
        fields.next();
        heapBytes += values[group].heapBytes() - before;
    }
    RW_TRY(fields.status());
    RW_TRY_ASSIGN(const StateReader record, state.record("inner"));
    return inner.restore(groups, record);
}

/// Smaller numbers first: sums of DOUBLE lose least so.
bool isSmaller(double a, double b) {
    const double sizeA = std::abs(a), sizeB = std::abs(b);
    return ordersBefore(sizeA, sizeB) || (!ordersBefore(sizeB, sizeA) && ordersBefore(a, b));
}

template <class T>
class Distinct : public Accumulator {
 public:
    Distinct(const BoundAggregate& bound, std::unique_ptr<Accumulator> inner)
        : m_argument(bound.argument->type),
          m_orderShows(bound.type.is(TypeId::Double)),
          m_name(nameOfValues(bound)),
          m_inner(std::move(inner)) {}

    void resize(std::size_t groups) override {
        m_sets.resize(groups);
        m_inner->resize(groups);
    }
    [[gnu::flatten]] void update(const AggregateInput& input) override {
        m_rows.clear();
        m_groups.clear();
        std::size_t pending = 0;
        forEachValue<T>(input, [&](std::size_t i, std::uint32_t group, const T& value) {
            const std::uint64_t place = ValueSet<T>::placeOf(value);
            m_sets[group].prefetch(place);
            m_pending[pending] = {value, place, input.rows[i], group};
            if (++pending == kTogether) insertPending(std::exchange(pending, 0));
        });
        insertPending(pending);
        m_inner->update({m_rows, m_groups, input.argument, {}});
    }
    void merge(const Accumulator& other, std::span<const std::uint32_t> sources,
               std::span<const std::uint32_t> targets) override {
        const auto& from = static_cast<const Distinct&>(other).m_sets;
        m_rows.clear();
        m_groups.clear();
        Results fresh(m_argument);
        for (std::size_t i = 0; i < sources.size(); ++i) {
            m_sets[targets[i]].reserve(from[sources[i]].size(), m_heapBytes);
            forEachIn(from[sources[i]], [&, target = targets[i]](const T& value) {
                if (!m_sets[target].insert(value, m_heapBytes)) return;
                m_rows.push_back(static_cast<std::uint32_t>(m_rows.size()));
                m_groups.push_back(target);
                fresh.value(keptAs(value));
            });
        }
        const Vector argument = fresh.finish();
        m_inner->update({m_rows, m_groups, &argument, {}});
    }
    void clear(std::span<const std::uint32_t> groups) override {
        for (const std::uint32_t group : groups) {
            m_heapBytes -= m_sets[group].heapBytes();
            m_sets[group].clear();
        }
        m_inner->clear(groups);
    }
    void keep(std::span<const std::uint32_t> groups) override {
        keepEntries(m_sets, groups);
        m_heapBytes = heapBytesOf(m_sets);
        m_inner->keep(groups);
    }
    void shrink() override {
        m_sets.shrink_to_fit();
        m_inner->shrink();
    }
    void reserve(std::size_t groups) override {
        m_sets.reserve(groups);
        m_inner->reserve(groups);
    }
    std::size_t groupBytes() const override { return sizeof(ValueSet<T>) + m_inner->groupBytes(); }
    Vector finish(std::span<const std::uint32_t> groups) const override { return m_inner->finish(groups); }
    std::size_t memoryBytes() const override {
        // There may be one of these for each of many slices.
        return sizeof *this + m_sets.capacity() * sizeof(ValueSet<T>) + m_heapBytes +
               (m_rows.capacity() + m_groups.capacity()) * sizeof(std::uint32_t) + m_inner->memoryBytes();
    }
    void snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const override {
        snapshotDistinct(m_name, m_sets, *m_inner, groups, out);
    }
    void writeGroup(std::uint32_t group, CellWriter& out) const override {
        out(m_sets[group]);
        m_inner->writeGroup(group, out);
    }
    void readGroup(std::uint32_t group, CellReader& in) override {
        const std::size_t before = m_sets[group].heapBytes();
        in(m_sets[group]);
        m_heapBytes += m_sets[group].heapBytes() - before;
        m_inner->readGroup(group, in);
    }
    Status restore(std::span<const std::uint32_t> groups, const StateReader& state) override {
        const auto fill = [&](ValueSet<T>& set, const ValueSet<double>& earlier) {
            if constexpr (kWereDoubles<T>) {
                std::size_t ignored = 0;
                earlier.forEach(
                    [&](double value) { set.insert(ofEarlierDouble<T>(value, m_argument), ignored); });
            }
        };
        return restoreDistinct<ValueSet<double>>(m_name, m_sets, m_heapBytes, *m_inner, groups, state, fill);
    }

 private:
    /// Values that are looked up together: the memory that they need is fetched while others are looked at.
    static constexpr std::size_t kTogether = 32;
    struct Pending {
        T value{};
        std::uint64_t place = 0;
        std::uint32_t row = 0, group = 0;
    };

    /// The order of a set's table is another after a restart: where it may show in a result it is not used.
    template <class Body>
    void forEachIn(const ValueSet<T>& set, Body body) const {
        if constexpr (std::is_same_v<T, double>) {
            if (m_orderShows) {
                std::vector<double> values;
                values.reserve(set.size());
                set.forEach([&values](double value) { values.push_back(value); });
                std::sort(values.begin(), values.end(), isSmaller);
                std::for_each(values.begin(), values.end(), body);
                return;
            }
        }
        set.forEach(body);
    }

    [[gnu::noinline]] void insertPending(std::size_t count) {
        const std::span pending(m_pending.data(), count);
        for (const Pending& one : pending) m_sets[one.group].prefetchFound(one.place);
        for (const Pending& one : pending) {
            ValueSet<T>& set = m_sets[one.group];
            if (set.hasAtOnce(one.value, one.place)) continue;
            if (!set.insert(one.value, one.place, m_heapBytes)) continue;
            m_rows.push_back(one.row);
            m_groups.push_back(one.group);
        }
    }

    Type m_argument;
    bool m_orderShows;  ///< DOUBLEs are summed
    std::string_view m_name;
    std::unique_ptr<Accumulator> m_inner;
    std::vector<ValueSet<T>> m_sets;
    std::size_t m_heapBytes = 0;  ///< of m_sets
    // Of one call; kept for their memory
    std::array<Pending, kTogether> m_pending;
    std::vector<std::uint32_t> m_rows, m_groups;
};

/// The same of rows that can be taken back: a value reaches the inner accumulator when its first row comes
/// and leaves it with its last.
template <class T>
class RetractingDistinct : public RetractingAccumulator {
 public:
    RetractingDistinct(const BoundAggregate& bound, std::unique_ptr<RetractingAccumulator> inner)
        : m_argument(bound.argument->type), m_name(nameOfValues(bound)), m_inner(std::move(inner)) {}

    void resize(std::size_t groups) override {
        m_counts.resize(groups);
        m_inner->resize(groups);
    }
    void update(const AggregateInput& input) override { changeAll(input, 1); }
    void retract(const AggregateInput& input) override { changeAll(input, -1); }
    void merge(const Accumulator& other, std::span<const std::uint32_t> sources,
               std::span<const std::uint32_t> targets) override {
        const auto& from = static_cast<const RetractingDistinct&>(other).m_counts;
        Passed come(m_argument), gone(m_argument);
        for (std::size_t i = 0; i < sources.size(); ++i) {
            for (const auto& [value, count] : from[sources[i]].counts())
                change(targets[i], value, count, come, gone);
        }
        hand(come, gone);
    }
    void clear(std::span<const std::uint32_t> groups) override {
        for (const std::uint32_t group : groups) {
            m_heapBytes -= m_counts[group].heapBytes();
            m_counts[group] = {};
        }
        m_inner->clear(groups);
    }
    void keep(std::span<const std::uint32_t> groups) override {
        keepEntries(m_counts, groups);
        m_heapBytes = heapBytesOf(m_counts);
        m_inner->keep(groups);
    }
    void shrink() override {
        m_counts.shrink_to_fit();
        m_inner->shrink();
    }
    void reserve(std::size_t groups) override {
        m_counts.reserve(groups);
        m_inner->reserve(groups);
    }
    std::size_t groupBytes() const override { return sizeof(ValueCounts<Kept<T>>) + m_inner->groupBytes(); }
    Vector finish(std::span<const std::uint32_t> groups) const override { return m_inner->finish(groups); }
    std::size_t memoryBytes() const override {
        return m_counts.capacity() * sizeof(ValueCounts<Kept<T>>) + m_heapBytes + m_inner->memoryBytes();
    }
    void snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const override {
        snapshotDistinct(m_name, m_counts, *m_inner, groups, out);
    }
    void writeGroup(std::uint32_t group, CellWriter& out) const override {
        out(m_counts[group]);
        m_inner->writeGroup(group, out);
    }
    void readGroup(std::uint32_t group, CellReader& in) override {
        const std::size_t before = m_counts[group].heapBytes();
        in(m_counts[group]);
        m_heapBytes += m_counts[group].heapBytes() - before;
        m_inner->readGroup(group, in);
    }
    Status restore(std::span<const std::uint32_t> groups, const StateReader& state) override {
        const auto fill = [&](ValueCounts<Kept<T>>& counts, const ValueCounts<double>& earlier) {
            if constexpr (kWereDoubles<T>) {
                for (const auto& [value, count] : earlier.counts())
                    counts.change(ofEarlierDouble<T>(value, m_argument), count);
            }
        };
        return restoreDistinct<ValueCounts<double>>(m_name, m_counts, m_heapBytes, *m_inner, groups, state,
                                                    fill);
    }

 private:
    /// Values on their way to the inner accumulator. They go there in the form in which they are kept.
    struct Passed {
        explicit Passed(Type type) : values(type) {}
        Results values;
        std::vector<std::uint32_t> rows, groups;
    };

    template <class V>
    static V asKey(const V& value) {
        return value;
    }
    static double asKey(double value) { return keyDouble(value); }

    template <class V>
    void change(std::uint32_t group, const V& value, std::int64_t by, Passed& come, Passed& gone) {
        const std::size_t before = m_counts[group].heapBytes();
        const auto changed = m_counts[group].change(value, by);
        m_heapBytes += m_counts[group].heapBytes() - before;
        if (!changed.appeared() && !changed.vanished()) return;
        Passed& to = changed.appeared() ? come : gone;
        to.rows.push_back(static_cast<std::uint32_t>(to.rows.size()));
        to.groups.push_back(group);
        to.values.value(keptAs(value));
    }
    void changeAll(const AggregateInput& input, std::int64_t by) {
        Passed come(m_argument), gone(m_argument);
        forEachValue<T>(input, [&](std::size_t, std::uint32_t group, const T& value) {
            change(group, asKey(value), by, come, gone);
        });
        hand(come, gone);
    }
    void hand(Passed& come, Passed& gone) {
        const Vector coming = come.values.finish(), going = gone.values.finish();
        m_inner->update({come.rows, come.groups, &coming, {}});
        m_inner->retract({gone.rows, gone.groups, &going, {}});
    }

    Type m_argument;
    std::string_view m_name;
    std::unique_ptr<RetractingAccumulator> m_inner;
    std::vector<ValueCounts<Kept<T>>> m_counts;
    std::size_t m_heapBytes = 0;  ///< of m_counts
};

std::unique_ptr<RetractingAccumulator> retractingDistinct(const BoundAggregate& bound,
                                                          std::unique_ptr<RetractingAccumulator> inner) {
    return visitType(bound.argument->type.id,
                     [&]<class T>(OfMemory<T>) -> std::unique_ptr<RetractingAccumulator> {
                         return std::make_unique<RetractingDistinct<T>>(bound, std::move(inner));
                     });
}

}  // namespace

std::unique_ptr<RetractingAccumulator> makeRetractingDistinct(const BoundAggregate& bound) {
    return retractingDistinct(bound, findAggregate(bound.function)->makeRetracting(bound));
}

std::unique_ptr<RetractingAccumulator> makeRetractingCountDistinct(const BoundAggregate& bound) {
    return retractingDistinct(bound, makeRetractingCount(bound));
}

std::unique_ptr<Accumulator> makeDistinct(const BoundAggregate& bound) {
    auto inner = findAggregate(bound.function)->make(bound);
    return visitType(bound.argument->type.id, [&]<class T>(OfMemory<T>) -> std::unique_ptr<Accumulator> {
        return std::make_unique<Distinct<T>>(bound, std::move(inner));
    });
}

}  // namespace rw::sql
