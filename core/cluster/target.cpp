#include "core/cluster/target.h"

#include <string_view>

#include "core/base/ascii.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/target_field.h"

namespace rw {

namespace {

/// The engine inside goes by this name wherever targets are listed.
constexpr std::string_view kEmbeddedName = "embedded";

Status usableName(const std::string& name) {
    if (name.empty())
        return wrongTarget(RW_TEXT("cluster", "The target has no name."),
                           RW_TEXT("cluster", "Give it one by which you know it."));
    if (name.find('/') != std::string::npos)
        return wrongTarget(RW_TEXT("cluster", "The name of a target can't hold a slash."),
                           RW_TEXT("cluster", "Take “/” out of it; the address has a field of its own."));
    if (name.front() == ' ' || name.back() == ' ')
        return wrongTarget(RW_TEXT("cluster", "The name begins or ends with a space."),
                           RW_TEXT("cluster", "Take the space away."));
    if (inAsciiSmall(name) == kEmbeddedName)
        return wrongTarget(
            RW_TEXT("cluster", "“%1” is the engine of this program; no other target has that name.")
                .with(name),
            RW_TEXT("cluster", "Choose another name."));
    return oneLineOnly(name);
}

}  // namespace

Status usableTarget(const Target& target) {
    RW_TRY(inField("name", usableName(target.name)));
    RW_TRY(inField("folder", oneLineOnly(target.folder)));
    return backendOf(target.engine).usable(target);
}

}  // namespace rw
