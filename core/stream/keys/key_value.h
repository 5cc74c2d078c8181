// Keys of a type as they lie in cells, and how they compare. For the tables of keys, whose loops are made for
// each type.
#pragma once
#include <bit>
#include <cstring>

#include "core/data/hash.h"
#include "core/data/visit_type.h"
#include "core/stream/keys/key_column.h"

namespace rw {

template <class T>
struct KeyValue {
    static T of(const KeyCells& cells, std::size_t row) { return cells.at<T>(row); }
    static bool equal(const T& a, const T& b) { return a == b; }
};

/// By their bits, once they are keys.
template <>
struct KeyValue<double> {
    static std::uint64_t of(const KeyCells& cells, std::size_t row) {
        return std::bit_cast<std::uint64_t>(keyDouble(cells.at<double>(row)));
    }
    static bool equal(std::uint64_t a, std::uint64_t b) { return a == b; }
};

/// Short texts, which most keys are, compare as two words.
template <>
struct KeyValue<StringRef> {
    static const StringRef& of(const KeyCells& cells, std::size_t row) { return cells.at<StringRef>(row); }
    static bool equal(const StringRef& a, const StringRef& b) {
        std::uint64_t wordsA[2], wordsB[2];
        std::memcpy(wordsA, &a, sizeof wordsA);
        std::memcpy(wordsB, &b, sizeof wordsB);
        if (wordsA[0] != wordsB[0]) return false;
        return wordsA[1] == wordsB[1] || (!a.isInline() && a.view() == b.view());
    }
};

template <class T>
bool sameKey(const KeyCells& keys, std::size_t index, const KeyCells& cells, std::size_t row) {
    return KeyValue<T>::equal(KeyValue<T>::of(keys, index), KeyValue<T>::of(cells, row));
}

template <class T>
bool sameKeyOrNull(const KeyCells& keys, std::size_t index, const KeyCells& cells, std::size_t row) {
    const bool isNull = keys.isNull(index);
    return isNull == cells.isNull(row) && (isNull || sameKey<T>(keys, index, cells, row));
}

/// Calls body.template operator()<T>() with a type that compares as the key does.
template <class Body>
auto withKeyType(TypeId type, Body body) {
    if (isReference(type)) return body.template operator()<StringRef>();
    if (type == TypeId::Double) return body.template operator()<double>();
    switch (widthOf(type)) {
        case 1:
            return body.template operator()<std::uint8_t>();
        case 4:
            return body.template operator()<std::uint32_t>();
        case 8:
            return body.template operator()<std::uint64_t>();
        default:
            return body.template operator()<Int128>();
    }
}

}  // namespace rw
