// Rows that are passed by: of many that had a part those are told that come behind the newest ones.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/lineage/collector.h"
#include "core/lineage/lineage.h"

namespace rw {

/// Says at which ports of a walk up rows are passed by: at the first that have more than are kept. All that
/// is above them is of the rows that are left, and has all of its own.
class PassedBy {
 public:
    explicit PassedBy(std::size_t after) : m_after(after) {}

    /// An error where that is more than can be passed by.
    Status check() const;
    /// How many of the ports that are gathered next, if they have more; 0: none any more.
    std::size_t after() const { return m_after; }
    /// What one run has found, port by port; then told(): an error where no row is left.
    /// `title`: of its node.
    void add(const std::string& title, const GatheredRows& found);
    Status told();
    /// An error where rows were to be passed by, and no port had more than are kept.
    Status end() const;

 private:
    std::size_t m_after;
    // Of one run
    std::string m_title{};  ///< of the node of the port with most rows of those at which some were passed by
    std::uint64_t m_count = 0;  ///< its rows; 0: there is no such port
    bool m_left = false;        ///< some port has rows behind them
};

/// Whether LineageQuestion::after leads on to more rows of that step.
bool leadsOn(const Lineage& lineage, const LineageStep& step);

}  // namespace rw
