// Parameters to try a node type with that is not known: plausible values by their declarations.
#pragma once
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::test {

inline const std::string kInputFile = "input.csv";  ///< what plausible input paths name

/// `chosen`, and a plausible value for every other parameter that must have one, for the columns of
/// sampleStream().
Json completed(const NodeKind& kind, Json chosen);

/// Parameter sets to try a node with: plain, once with every choice that it offers, once with every other
/// parameter that may be left out, and with all of those. Some may go together with nothing that there is.
std::vector<Json> variants(const NodeKind& kind);

/// Which parameters a node was tried with in earnest.
class TriedParams {
 public:
    void add(const Json& params);
    /// The first parameter, or choice of one, that no set had which was added; empty when there is none.
    std::string missing(const NodeKind& kind) const;

 private:
    std::set<std::pair<std::string, std::string>> m_tried;  ///< name, and value as JSON
};

/// `stream` on one wire at every input.
std::vector<std::vector<StreamType>> inputsOf(const NodeKind& kind, const StreamType& stream);

}  // namespace rw::test
