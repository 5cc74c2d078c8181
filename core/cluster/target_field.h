// The fields that targets of one engine have, besides a name and a folder: their form, their members in the
// file of targets, and their lines on the command line come from these. And the checks that all must pass.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/base/status.h"
#include "core/cluster/target.h"

namespace rw {

struct TargetField {
    using Line = std::string& (*)(Target& target);
    using Lines = std::vector<std::string>& (*)(Target& target);
    using Switch = bool& (*)(Target& target);
    using Token = SecretRef& (*)(Target& target);

    const char* name = "";  ///< in the file of targets, and as Error::param
    std::variant<Line, Lines, Switch, Token> place{};
    Text label{}, help{};
    Text words{};           ///< beside a switch
    bool isFile = false;    ///< of a line: the path of a file of this computer
    bool optional = false;  ///< the file of targets leaves it out where it is empty
    bool listed = false;    ///< `rillwright targets --json` tells it
};

/// The value that a field has in a target; `place` is of the type that its variant holds.
template <class Place>
auto fieldValue(const Target& target, Place place) {
    Target copy = target;
    return place(copy);
}

/// Where the target's token is said to lie; null: targets of its engine have none.
SecretRef* tokenOf(Target& target);

/// The same error, said to be of that field.
Status inField(const char* param, const Status& status);
Status wrongTarget(Text message, Text fix);
Status oneLineOnly(const std::string& text);
/// A token that was typed here by mistake is not repeated in the error.
Status usableReference(const SecretRef& secret);

}  // namespace rw
