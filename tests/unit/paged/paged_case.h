// Keyed nodes whose state may be in pages, and rows for them, at random.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/base/output_files.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"
#include "tests/support/batch_of.h"
#include "tests/unit/stream/cases/checkpointed_group.h"

namespace rw::test {

/// How the rows of an input change.
enum class Changing { Stays, ById, Multiset };

/// A node with its parameters, and its inputs.
struct PagedNodeShape {
    const char* name;
    const char* type;
    Json params;
    std::vector<Changing> inputs;
    bool ofWindows = false;  ///< rows carry windows
};
const std::vector<PagedNodeShape>& pagedNodeShapes();

/// Rows of all inputs by turns, with event time where they stay, some of them late.
class PagedCase {
 public:
    PagedCase(const PagedNodeShape& shape, std::uint64_t seed);

    const NodeKind& kind() const { return *m_kind; }
    const BoundNode& bound() const { return *m_bound; }
    /// The last ones are the end of each input.
    const std::vector<CheckpointedGroup::Event>& events() const { return m_events; }
    /// `memory`: bytes of state beyond which it is in files; 0: in none.
    MakeContext context(std::uint64_t memory, std::shared_ptr<OutputFiles> disk = nullptr) const;
    std::mt19937_64& random() { return m_random; }
    std::uint64_t pick(std::uint64_t below) { return m_random() % below; }
    const std::string& named() const { return m_named; }  ///< for messages

 private:
    struct Input {
        StreamType type{};
        Changing changing = Changing::Stays;
        Rows standing{};  ///< of one that changes
        Instant watermark = 0;
        Instant newest = 0;  ///< event time
        std::int64_t position = 0;
    };
    std::vector<Value> row(Input& input);
    Batch batch(Input& input);
    void change(Input& input, Rows& rows, std::vector<RowKind>& kinds);
    void add(int port, std::variant<Batch, Instant> what);
    void raiseWatermark(int port, Instant watermark);

    std::mt19937_64 m_random;
    const PagedNodeShape& m_shape;
    const NodeKind* m_kind;
    std::vector<Input> m_inputs{};
    BoundNodeRef m_bound{};
    std::string m_named;
    std::vector<CheckpointedGroup::Event> m_events{};
    std::uint64_t m_keys;
    std::int64_t m_ids = 0;
    Instant m_told = kMinTimestamp;  ///< the watermark of all
};

}  // namespace rw::test
