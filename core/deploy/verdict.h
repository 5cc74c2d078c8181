// How another engine runs a node: with the same rows, or with a difference, told before anything runs there.
#pragma once
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/deploy/engine.h"
#include "core/pipeline/issue.h"

namespace rw {

/// From best to worst.
enum class Verdict {
    Exact,         ///< the same rows with the same values
    Equivalent,    ///< the same rows in another order, timing or container
    Approximated,  ///< some rows or values may differ; it is said which
    Refused        ///< it can't be there, or would differ in silence
};
/// “exact”, “equivalent” … for people.
Text verdictText(Verdict verdict);
/// The same in English, as files and --json have it.
std::string_view verdictName(Verdict verdict);

/// Something to say of a node, one of its parameters, or a word in one of them.
struct Remark {
    Verdict verdict = Verdict::Refused;
    Text what{};  ///< “An empty text reads as NULL.” Empty: there is only a condition
    /// While this holds the verdict does, too: “no row is late”, “no sum overflows”. Empty: always. A run on
    /// both engines tells whether it held.
    Text condition{};
    Text fix{};  ///< how to get a better verdict; empty: it can't be had
    std::string param{};
    int item = -1;
    std::size_t position = 0, length = 0;  ///< in the parameter's text; length 0: no particular place
    std::vector<QuickFix> quickFixes{};
    bool operator==(const Remark& other) const;
};

/// The findings on one node; its verdict is the worst of them, or exact.
struct NodeVerdict {
    std::vector<Remark> findings{};
    Verdict verdict() const;
};

}  // namespace rw
