#include "core/pipeline/merging/value_merge.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

#include "core/pipeline/merging/element_name.h"
#include "core/pipeline/patch.h"

namespace rw {

namespace {

/// Values by their keys, in order.
struct Keyed {
    MergeKeys keys{};
    std::unordered_map<std::string, const Json*> values{};

    void add(std::string key, const Json& value) {
        if (values.emplace(key, &value).second) keys.push_back(std::move(key));
    }
    const Json* at(const std::string& key) const {
        const auto found = values.find(key);
        return found == values.end() ? nullptr : found->second;
    }
};

Keyed membersOf(const Json& object) {
    Keyed members;
    for (const auto& [key, value] : object.items()) members.add(key, value);
    return members;
}

struct ThreeKeyed {
    Keyed base{}, ours{}, theirs{};
    ThreeValues at(const std::string& key) const { return {base.at(key), ours.at(key), theirs.at(key)}; }
};

struct MergedMembers {
    MergedOrder order{};
    std::unordered_map<std::string, Json> values{};
};

using MergeMember = std::function<std::optional<Json>(const std::string& key, const ThreeValues& values)>;

MergedMembers mergeMembers(const ThreeKeyed& all, const MergeMember& mergeMember) {
    MergedMembers merged;
    std::unordered_set<std::string> kept;
    const auto take = [&](const MergeKeys& keys, const Keyed& done) {
        for (const std::string& key : keys) {
            if (done.at(key) != nullptr) continue;
            if (std::optional<Json> value = mergeMember(key, all.at(key))) {
                kept.insert(key);
                merged.values.emplace(key, std::move(*value));
            }
        }
    };
    take(all.ours.keys, {});
    take(all.theirs.keys, all.ours);
    merged.order = mergeOrder(all.base.keys, all.ours.keys, all.theirs.keys, kept);
    return merged;
}

using SpecOf = std::function<const ParamSpec*(const std::string& key)>;

Json mergeKeyed(const ThreeKeyed& all, const MergePlace& place, const SpecOf& specOf, Clashes& clashes) {
    MergedMembers merged = mergeMembers(all, [&](const std::string& key, const ThreeValues& values) {
        MergePlace member = place;
        if (place.name.empty()) {
            member.name = key;
        } else {
            member.part = place.part.empty() ? key : place.part + "." + key;
        }
        return mergeValue(values, member, specOf ? specOf(key) : nullptr, clashes);
    });
    Json::object_t members;  // as a list: its own way to add one looks through all that are there
    for (const std::string& key : merged.order.keys)
        members.emplace_back(key, std::move(merged.values.at(key)));
    return members;
}

/// Texts that have names, element by element. Nothing: they are to be merged as a whole.
std::optional<Json> mergeList(const ThreeValues& lists, const MergePlace& place, ParamKind kind,
                              Clashes& clashes) {
    ThreeKeyed all;
    for (const auto& [list, side] :
         {std::pair(lists.base, &all.base), {lists.ours, &all.ours}, {lists.theirs, &all.theirs}}) {
        const std::optional<MergeKeys> names = elementNames(kind, *list);
        if (!names) return std::nullopt;
        for (std::size_t i = 0; i < names->size(); ++i) side->add((*names)[i], (*list)[i]);
    }
    Clashes found = clashes.part();
    MergedMembers merged = mergeMembers(all, [&](const std::string& name, const ThreeValues& values) {
        MergePlace element = place;
        element.element = name;
        return mergeValue(values, element, nullptr, found);
    });
    if (merged.order.contested || (merged.order.shared && orderDecides(kind))) return std::nullopt;
    clashes.append(std::move(found));
    Json list = Json::array();
    for (const std::string& name : merged.order.keys) list.push_back(std::move(merged.values.at(name)));
    return list;
}

bool areObjects(const ThreeValues& values) {
    return values.ours != nullptr && values.ours->is_object() && values.theirs != nullptr &&
           values.theirs->is_object() && (values.base == nullptr || values.base->is_object());
}

bool areThere(const ThreeValues& values) {
    return values.base != nullptr && values.ours != nullptr && values.theirs != nullptr;
}

std::optional<Json> valueOf(const Json* value) {
    return value == nullptr ? std::nullopt : std::optional(*value);
}

const Json* memberOf(const Json& object, const std::string& key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

/// Gives all three versions the value of one side.
void settle(const std::string& key, const Json* value, std::initializer_list<Json*> versions) {
    const std::optional<Json> settled = valueOf(value);  // it lies in one of them
    for (Json* version : versions) {
        if (settled) {
            (*version)[key] = *settled;
        } else {
            version->erase(key);
        }
    }
}

/// Rows fit the columns that they were written for: where both sides changed something of the two, and not
/// the columns to the same, one of the versions has both.
void settleRows(const ParamSpec& spec, Json& base, Json& ours, Json& theirs, const MergePlace& place,
                Clashes& clashes) {
    const std::string columns = "columns";
    const auto valuesOf = [&](const std::string& key) {
        return ThreeValues{memberOf(base, key), memberOf(ours, key), memberOf(theirs, key)};
    };
    const ThreeValues names = valuesOf(columns), rows = valuesOf(spec.name);
    const bool rowsAreThere = rows.base != nullptr || rows.ours != nullptr || rows.theirs != nullptr;
    const bool oursChanged = !sameValue(names.base, names.ours) || !sameValue(rows.base, rows.ours);
    const bool theirsChanged = !sameValue(names.base, names.theirs) || !sameValue(rows.base, rows.theirs);
    if (!rowsAreThere || !oursChanged || !theirsChanged || sameValue(names.ours, names.theirs)) return;
    bool decided = false;
    for (const std::string& key : {columns, spec.name}) {
        const ThreeValues values = valuesOf(key);
        if (sameValue(values.ours, values.theirs)) continue;
        MergePlace part = place;
        part.part = key;
        const Json* const taken =
            decided ? clashes.follow(ClashKind::Changed, part, values.base, values.ours, values.theirs)
                    : clashes.decide(ClashKind::Changed, part, values.base, values.ours, values.theirs);
        decided = true;
        settle(key, taken, {&base, &ours, &theirs});
    }
}

}  // namespace

bool sameValue(const Json* a, const Json* b) {
    return a == nullptr || b == nullptr ? a == b : sameJson(*a, *b);
}

std::optional<Json> mergeValue(const ThreeValues& values, const MergePlace& place, const ParamSpec* spec,
                               Clashes& clashes) {
    if (sameValue(values.ours, values.theirs) || sameValue(values.theirs, values.base))
        return valueOf(values.ours);
    if (sameValue(values.ours, values.base)) return valueOf(values.theirs);
    if (areObjects(values)) {
        const Json none = Json::object();
        const Json& base = values.base == nullptr ? none : *values.base;
        return mergeObjects(base, *values.ours, *values.theirs, place, clashes);
    }
    if (spec != nullptr && areThere(values)) {
        if (std::optional<Json> list = mergeList(values, place, spec->kind, clashes)) return list;
    }
    const bool removed = values.ours == nullptr || values.theirs == nullptr;
    return valueOf(clashes.decide(removed ? ClashKind::Removed : ClashKind::Changed, place, values.base,
                                  values.ours, values.theirs));
}

Json mergeObjects(const Json& base, const Json& ours, const Json& theirs, const MergePlace& place,
                  Clashes& clashes) {
    return mergeKeyed({membersOf(base), membersOf(ours), membersOf(theirs)}, place, {}, clashes);
}

Json mergeParams(const Json& base, const Json& ours, const Json& theirs, const NodeKind* kind,
                 const MergePlace& place, Clashes& clashes) {
    if (kind == nullptr) return mergeObjects(base, ours, theirs, place, clashes);
    const auto specOf = [kind](const std::string& key) -> const ParamSpec* {
        const auto found = std::find_if(kind->params.begin(), kind->params.end(),
                                        [&](const ParamSpec& spec) { return spec.name == key; });
        return found == kind->params.end() ? nullptr : &*found;
    };
    const auto rows = std::find_if(kind->params.begin(), kind->params.end(),
                                   [](const ParamSpec& spec) { return spec.kind == ParamKind::ValueRows; });
    if (rows == kind->params.end())
        return mergeKeyed({membersOf(base), membersOf(ours), membersOf(theirs)}, place, specOf, clashes);
    Json was = base, first = ours, second = theirs;
    settleRows(*rows, was, first, second, place, clashes);
    return mergeKeyed({membersOf(was), membersOf(first), membersOf(second)}, place, specOf, clashes);
}

}  // namespace rw
