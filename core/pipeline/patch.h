// A change of a pipeline as data: removals, additions and changed values. It keeps only the changed parts,
// each before and after: apply(b, invert(patch)) is a again when apply(a, patch) was b, to the byte of the
// saved file, with the order of everything and the keys that this version does not know.
// core/pipeline/diff.h finds the patch between two pipelines.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw {

/// An item and its index in a list.
template <class T>
struct Placed {
    std::size_t place = 0;
    T item{};
};

template <class T>
struct Swap {
    T before{}, after{};
};

/// Elements that leave a list and elements that enter it; the others keep their order.
template <class T>
struct ListChange {
    std::vector<Placed<T>> taken{};  ///< places in the list before, rising
    std::vector<Placed<T>> put{};    ///< places in the list after, rising
    bool empty() const { return taken.empty() && put.empty(); }
};

struct Param {
    std::string name;
    Json value;
};

struct ParamChange {
    std::string name;
    Swap<Json> value;
};

/// The changes in a node that stays; its id and type never do.
struct NodeChange {
    NodeId node;
    std::optional<Swap<std::string>> title{};
    std::optional<Swap<Point>> at{};
    std::optional<Swap<bool>> disabled{}, collapsed{};
    std::optional<Swap<Json>> unknown{};
    ListChange<Param> params{};         ///< those that come and go
    std::vector<ParamChange> values{};  ///< of those that stay
};

struct Patch {
    ListChange<Node> nodes{};
    ListChange<Wire> wires{};
    ListChange<DashboardCard> cards{};
    ListChange<Note> notes{};
    std::vector<NodeChange> changed{};
    std::optional<Swap<Settings>> settings{};
    std::optional<Swap<std::vector<Variable>>> variables{};
    std::optional<Swap<bool>> noCards{};
    std::optional<Swap<std::string>> name{};
    std::optional<Swap<Json>> unknown{}, unknownDashboard{};

    bool empty() const;
};

/// The pipeline must be the one that the patch was made for: its places and nodes must be there.
void apply(Pipeline& pipeline, const Patch& patch);
Patch invert(const Patch& patch);

// The three steps of apply(), for callers that notify others between them.
void removeItems(Pipeline& pipeline, const Patch& patch);
void changeInPlace(Pipeline& pipeline, const Patch& patch);
void insertItems(Pipeline& pipeline, const Patch& patch);

/// Makes `earlier` have the effect of both when `later` only gives other values to fields that `earlier`
/// changes already: typing on in a field, moving on. Otherwise false, and nothing is done.
bool absorb(Patch& earlier, const Patch& later);

/// Whether everything is the same before and after.
bool changesNothing(const Patch& patch);

/// Whether two values are the same to the byte: 1 and 1.0 are not.
bool sameJson(const Json& a, const Json& b);

}  // namespace rw
