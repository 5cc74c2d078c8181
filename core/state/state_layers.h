// The states of a run's newest checkpoint that are written by change: which parts they consist of.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/state/part_table.h"

namespace rw {

class StateLayers {
 public:
    /// A part of the next checkpoint is in the table.
    void add(const std::string& hash, std::uint64_t bytes, CutPart::Run run = {}) {
        m_added[hash] = {bytes, std::move(run)};
    }
    /// Puts the parts of state `number` of operator `id` behind those of its rest; none where it is not
    /// written by change. False: a part is not known.
    bool appendTo(std::vector<CutPart>& parts, const StateSnapshot& snapshot,
                  const StateSnapshot::OperatorId& id, std::size_t number) const;
    /// The checkpoint was written, with these parts.
    void written(const StateSnapshot& snapshot, const std::vector<CutPart>& parts);

 private:
    struct Added {
        std::uint64_t bytes = 0;
        CutPart::Run run{};
    };
    struct Layer {
        std::string hash{};
        Added part{};
    };
    std::map<std::pair<StateSnapshot::OperatorId, int>, std::vector<Layer>> m_layers{};  ///< by instance
    std::map<std::string, Added> m_added{};                                              ///< by hash
};

}  // namespace rw
