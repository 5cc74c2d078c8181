// The systems outside that node types with a connection are tried with.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {
class Connections;
}

namespace rw::test {

/// The connection kConnection to a system of a kind that the node type takes. That system lives as long as
/// the program, and has kRowsOutside rows from the beginning where rows are read from it, in messages of
/// JSON.
std::shared_ptr<const Connections> outsideConnections(const NodeKind& kind);
inline constexpr int kRowsOutside = 6'000;
/// More rows come to where nodes of that type read.
void bringRowsOutside(const NodeKind& kind);
/// Likewise, to a source that listens at outsideAddress(): only if it does, for whoever else serves there has
/// its port.
void bringRowsIfHeard();
/// Rows that wait for a source that does not come are not brought any more.
void bringNoRows();
/// Tables that nodes of that type have written are there no more. A topic keeps its messages.
void forgetOutside(const NodeKind& kind);
/// Where nodes that have no connection listen, or connect to.
std::string outsideAddress();
/// It keeps transactions, and fences off who had a name before.
bool decidesOutside(const NodeKind& kind);

/// A system of servers and client threads: slower than a file, and gone in a forked process.
bool isServedOutside(const NodeKind& kind);

/// It reads what this machine says of itself, which may be nothing.
bool readsThisMachine(const NodeKind& kind);

/// What nodes of a type write outside, from here on.
class WrittenOutside {
 public:
    explicit WrittenOutside(const NodeKind& kind);
    /// A line that names the place, and the messages or rows; none where all is in files.
    std::vector<std::string> lines() const;

 private:
    const bool m_inTopic, m_inTable, m_toBroker, m_inService, m_inFiles, m_inCells;
    std::int64_t m_from = 0;
    std::vector<std::string> m_before{};  ///< files
};

}  // namespace rw::test
