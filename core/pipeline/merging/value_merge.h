// JSON values of two versions: objects key by key, lists of texts that have names element by element,
// everything else as a whole.
#pragma once
#include <optional>

#include "core/pipeline/merging/clash.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// One thing in three versions; null: it is not there.
struct ThreeValues {
    const Json *base = nullptr, *ours = nullptr, *theirs = nullptr;
};

/// Whether the two are the same, to the byte, or are both not there.
bool sameValue(const Json* a, const Json* b);

/// The value, or nothing where it is not there. `spec`: of a parameter, where it is known.
std::optional<Json> mergeValue(const ThreeValues& values, const MergePlace& place, const ParamSpec* spec,
                               Clashes& clashes);

/// Three objects key by key; `values` of a key that is not there are null. The keys become names of things of
/// the kind `place.of`, or, where `place.name` is not empty, parts of it.
Json mergeObjects(const Json& base, const Json& ours, const Json& theirs, const MergePlace& place,
                  Clashes& clashes);

/// The parameters of a node; `kind` is null where its type is not known.
Json mergeParams(const Json& base, const Json& ours, const Json& theirs, const NodeKind* kind,
                 const MergePlace& place, Clashes& clashes);

}  // namespace rw
