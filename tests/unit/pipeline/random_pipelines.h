// Random pipelines and random edits of them, for properties of differences and merges.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::test {

/// Random choices, read from bytes that rapidcheck makes and shrinks; none are left: always the first choice.
class Dice {
 public:
    explicit Dice(std::vector<std::uint8_t> bytes) : m_bytes(std::move(bytes)) {}
    std::size_t below(std::size_t limit) {
        return m_next < m_bytes.size() ? m_bytes[m_next++] % std::max<std::size_t>(limit, 1) : 0;
    }
    bool coin() { return below(2) == 1; }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

 private:
    std::vector<std::uint8_t> m_bytes;
    std::size_t m_next = 0;
};

/// Values that are easily taken for each other.
Json someValue(Dice& dice);
Json someObject(Dice& dice);
/// With this id.
Node someNode(Dice& dice, const NodeId& id);

/// With up to six nodes, and with wires and cards of nodes that are not there.
Pipeline somePipeline(Dice& dice);
/// After a few edits of nodes, wires, cards and comments. Every node has an id of its own.
Pipeline edited(Pipeline pipeline, Dice& dice);

/// Dice with enough bytes for some pipelines; in a property of rapidcheck.
Dice someDice();

}  // namespace rw::test
