// FIRST_VALUE, LAST_VALUE and LISTAGG: what depends on the order of rows. Rows of equal order (made rows) go
// by their values.
#include <algorithm>
#include <tuple>

#include "core/sql/accumulate.h"
#include "core/sql/accumulators.h"

namespace rw::sql {

namespace {

template <class T, bool kLast>
struct Outermost {
    Kept<T> value{};
    RowOrder order;
    bool known = false;

    void add(const T& candidate, const RowOrder& place) {
        if (known && !beats(candidate, place)) return;
        keep<T>(value, candidate);
        order = place;
        known = true;
    }
    void merge(const Outermost& other) {
        if (!other.known || (known && !beats(other.value, other.order))) return;
        *this = other;
    }
    void finish(Results& out) const {
        if (!known) return out.null();
        out.value(value);
    }
    std::size_t heapBytes() const { return sql::heapBytes(value); }

 private:
    template <class Candidate>
    bool beats(const Candidate& candidate, const RowOrder& place) const {
        if (place != order) return kLast ? order < place : place < order;
        return kLast ? ordersBefore(value, candidate) : ordersBefore(candidate, value);
    }
};

template <bool kLast>
std::unique_ptr<Accumulator> makeOutermost(const BoundAggregate& bound) {
    return withMemoryType(bound.argument->type.id, [&]<class T>() -> std::unique_ptr<Accumulator> {
        return std::make_unique<StateAccumulator<Outermost<T, kLast>, T, true>>(bound.type);
    });
}

struct TextList {
    struct Entry {
        RowOrder order;
        std::string text;
        bool operator<(const Entry& other) const {
            return std::tie(order, text) < std::tie(other.order, other.text);
        }
    };
    std::vector<Entry> entries;
    std::string separator;
    bool distinct = false;  ///< of equal texts only the first counts

    void add(const StringRef& value, const RowOrder& order) {
        entries.push_back({order, std::string(value.view())});
    }
    void merge(const TextList& other) {
        entries.insert(entries.end(), other.entries.begin(), other.entries.end());
    }
    void finish(Results& out) const {
        if (entries.empty()) return out.null();
        std::vector<const Entry*> sorted = inOrder();
        std::string joined;
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            if (i > 0) joined += separator;
            joined += sorted[i]->text;
        }
        out.value(joined);
    }
    std::size_t heapBytes() const {
        std::size_t bytes = entries.capacity() * sizeof(Entry);
        for (const Entry& entry : entries) bytes += sql::heapBytes(entry.text);
        return bytes;
    }

 private:
    std::vector<const Entry*> inOrder() const {
        std::vector<const Entry*> sorted;
        sorted.reserve(entries.size());
        for (const Entry& entry : entries) sorted.push_back(&entry);
        const auto byOrder = [](const Entry* a, const Entry* b) { return *a < *b; };
        if (distinct) {
            std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) {
                return std::tie(a->text, a->order) < std::tie(b->text, b->order);
            });
            const auto sameText = [](const Entry* a, const Entry* b) { return a->text == b->text; };
            sorted.erase(std::unique(sorted.begin(), sorted.end(), sameText), sorted.end());
        }
        std::sort(sorted.begin(), sorted.end(), byOrder);
        return sorted;
    }
};

}  // namespace

std::unique_ptr<Accumulator> makeFirstValue(const BoundAggregate& bound) {
    return makeOutermost<false>(bound);
}

std::unique_ptr<Accumulator> makeLastValue(const BoundAggregate& bound) {
    return makeOutermost<true>(bound);
}

std::unique_ptr<Accumulator> makeListAgg(const BoundAggregate& bound) {
    TextList empty;
    empty.separator = bound.separator;
    empty.distinct = bound.distinct;
    return std::make_unique<StateAccumulator<TextList, StringRef, true>>(bound.type, empty);
}

}  // namespace rw::sql
