// FIRST_VALUE, LAST_VALUE and LISTAGG, which depend on the order of rows. Rows of equal order (made rows) go
// by their values.
#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/value_counts.h"
#include "core/sql/eval/kernels.h"

namespace rw::sql {

namespace {

template <class T, bool kLast>
struct Outermost {
    static constexpr bool kOnHeap = std::is_same_v<T, StringRef>;
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
    static void fields(auto& self, auto& fields) {
        fields("known", self.known);
        fields("order", self.order);
        fields("value", self.value);
    }
    std::size_t heapBytes() const { return sql::heapBytes(value); }

 private:
    template <class Candidate>
    bool beats(const Candidate& candidate, const RowOrder& place) const {
        if (place != order) return kLast ? order < place : place < order;
        return kLast ? ordersBefore(value, candidate) : ordersBefore(candidate, value);
    }
};

template <class T, bool kLast>
struct RetractingOutermost {
    static constexpr bool kOnHeap = true;
    ValueCounts<Placed<Kept<T>>> values;

    void change(const T& value, const RowOrder& order, std::int64_t by) {
        values.change(Placed<T>{order, value}, by);
    }
    void merge(const RetractingOutermost& other) { values.merge(other.values); }
    void finish(Results& out) const {
        const Placed<Kept<T>>* const found = kLast ? values.last() : values.first();
        if (found == nullptr) return out.null();
        out.value(found->value);
    }
    static void fields(auto& self, auto& fields) { fields("values", self.values); }
    std::size_t heapBytes() const { return values.heapBytes(); }
};

template <bool kLast>
std::unique_ptr<RetractingAccumulator> makeRetractingOutermost(const BoundAggregate& bound) {
    return visitType(
        bound.argument->type.id, [&]<class T>(OfMemory<T>) -> std::unique_ptr<RetractingAccumulator> {
            return std::make_unique<RetractingStates<RetractingOutermost<T, kLast>, T, true>>(bound.type);
        });
}

template <bool kLast>
std::unique_ptr<Accumulator> makeOutermost(const BoundAggregate& bound) {
    return visitType(bound.argument->type.id, [&]<class T>(OfMemory<T>) -> std::unique_ptr<Accumulator> {
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
        static void cells(auto& self, auto& cells) { cells(self.order, self.text); }
    };
    static constexpr bool kOnHeap = true;
    std::vector<Entry> entries;
    std::size_t textBytes = 0;  ///< of the heaps of `entries`
    std::size_t size = 0;       ///< of the texts of `entries`
    bool sorted = true;         ///< `entries` are in order
    std::string separator;
    bool distinct = false;  ///< of equal texts only the first counts

    void add(const StringRef& value, const RowOrder& order) {
        entries.push_back({order, std::string(value.view())});
        noteLast();
    }
    void merge(const TextList& other) {
        for (const Entry& entry : other.entries) {
            entries.push_back(entry);
            noteLast();
        }
    }
    void finish(Results& out) const {
        if (entries.empty()) return out.null();
        // The length is known without a look at the parts: a group is asked for each change of it.
        if (!distinct && size + separator.size() * (entries.size() - 1) > kLongestText)
            return out.error(tooLong());
        const std::vector<const Entry*> parts = inOrder();
        std::size_t length = separator.size() * (parts.size() - 1);
        for (const Entry* entry : parts) length += entry->text.size();
        if (length > kLongestText) return out.error(tooLong());
        std::string joined;
        joined.reserve(length);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i > 0) joined += separator;
            joined += parts[i]->text;
        }
        out.value(joined);
    }
    template <class Fields>
    static void fields(auto& self, Fields& fields) {
        fields("entries", self.entries);
        if constexpr (Fields::kReads) {
            const Entry* before = nullptr;
            for (const Entry& entry : self.entries) {
                self.note(entry, before);
                before = &entry;
            }
        }
    }
    std::size_t heapBytes() const { return entries.capacity() * sizeof(Entry) + textBytes; }

 private:
    /// `entry`, which follows those before, is one of `entries`.
    void note(const Entry& entry, const Entry* before) {
        textBytes += sql::heapBytes(entry.text);
        size += entry.text.size();
        sorted = sorted && (before == nullptr || !(entry < *before));
    }
    void noteLast() { note(entries.back(), entries.size() > 1 ? &entries[entries.size() - 2] : nullptr); }

    std::vector<const Entry*> inOrder() const {
        std::vector<const Entry*> parts;
        parts.reserve(entries.size());
        for (const Entry& entry : entries) parts.push_back(&entry);
        if (!sorted)
            std::sort(parts.begin(), parts.end(), [](const Entry* a, const Entry* b) { return *a < *b; });
        if (!distinct) return parts;
        std::unordered_set<std::string_view> seen;
        std::erase_if(parts, [&seen](const Entry* part) { return !seen.insert(part->text).second; });
        return parts;
    }
};

/// LISTAGG of rows that can be taken back.
struct RetractingTextList {
    static constexpr bool kOnHeap = true;
    ValueCounts<Placed<std::string>> texts;
    std::string separator;
    bool distinct = false;  ///< of equal texts only the first counts

    void change(const StringRef& value, const RowOrder& order, std::int64_t by) {
        texts.change(Placed<StringRef>{order, value}, by);
    }
    void merge(const RetractingTextList& other) { texts.merge(other.texts); }
    void finish(Results& out) const {
        std::string joined;
        bool any = false;
        std::unordered_set<std::string_view> seen;
        for (const auto& [placed, count] : texts.counts()) {
            const bool repeated = distinct && count > 0 && !seen.insert(placed.value).second;
            const std::int64_t times = repeated ? 0 : distinct ? std::min<std::int64_t>(count, 1) : count;
            for (std::int64_t i = 0; i < times; ++i) {
                if (joined.size() + separator.size() + placed.value.size() > kLongestText)
                    return out.error(tooLong());
                if (any) joined += separator;
                joined += placed.value;
                any = true;
            }
        }
        if (!any) return out.null();
        out.value(joined);
    }
    static void fields(auto& self, auto& fields) { fields("texts", self.texts); }
    std::size_t heapBytes() const { return texts.heapBytes(); }
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

std::unique_ptr<RetractingAccumulator> makeRetractingFirstValue(const BoundAggregate& bound) {
    return makeRetractingOutermost<false>(bound);
}

std::unique_ptr<RetractingAccumulator> makeRetractingLastValue(const BoundAggregate& bound) {
    return makeRetractingOutermost<true>(bound);
}

std::unique_ptr<RetractingAccumulator> makeRetractingListAgg(const BoundAggregate& bound) {
    RetractingTextList empty;
    empty.separator = bound.separator;
    empty.distinct = bound.distinct;
    return std::make_unique<RetractingStates<RetractingTextList, StringRef, true>>(bound.type, empty);
}

}  // namespace rw::sql
