#include "core/pipeline/merging/merge.h"

#include "core/pipeline/json/saved_queries.h"
#include "core/pipeline/merging/look_merge.h"
#include "core/pipeline/merging/node_merge.h"
#include "core/pipeline/merging/value_merge.h"
#include "core/pipeline/merging/wire_merge.h"

namespace rw {

namespace {

MergePlace placesOf(std::string_view what) {
    MergePlace place;
    place.of = what;
    return place;
}

template <class ValuesOf>
Json mergeEach(std::string_view what, const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
               const ValuesOf& valuesOf, Clashes& clashes) {
    return mergeObjects(valuesOf(base), valuesOf(ours), valuesOf(theirs), placesOf(what), clashes);
}

/// Takes a text out of an object; empty where it has none.
std::string takeText(Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return {};
    std::string text = found->get<std::string>();
    object.erase(found);
    return text;
}

Json nameAndUnknown(const Pipeline& pipeline) {
    Json all{{"name", pipeline.name}};
    all.update(withoutQueries(pipeline));
    return all;
}

Json variablesOf(const Pipeline& pipeline) {
    Json all = Json::object();
    for (const Variable& variable : pipeline.variables) all[variable.name] = variable.value;
    return all;
}

Json settingsOf(const Pipeline& pipeline) {
    const Settings& settings = pipeline.settings;
    Json all{{"time_zone", settings.timeZone}, {"parallelism", settings.parallelism}};
    if (!settings.memoryLimit.empty()) all["memory_limit"] = settings.memoryLimit;
    if (!settings.stateMemory.empty()) all["state_memory"] = settings.stateMemory;
    all.update(settings.unknown);
    return all;
}

Settings settingsFrom(Json all) {
    Settings settings;
    settings.timeZone = takeText(all, "time_zone");
    settings.memoryLimit = takeText(all, "memory_limit");
    settings.stateMemory = takeText(all, "state_memory");
    settings.parallelism = all.at("parallelism").get<int>();
    all.erase("parallelism");
    settings.unknown = std::move(all);
    return settings;
}

Merged mergeAll(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs, const Catalogue& kinds,
                Clashes clashes) {
    Merged merged;
    Pipeline& out = merged.pipeline;
    out.unknown = mergeEach("pipeline", base, ours, theirs, nameAndUnknown, clashes);
    out.name = takeText(out.unknown, "name");
    const Json queries = mergeEach("query", base, ours, theirs, queriesOf, clashes);
    for (const auto& [name, sql] : queries.items()) saveQuery(out, {name, sql.get<std::string>()});
    const Json variables = mergeEach("variable", base, ours, theirs, variablesOf, clashes);
    for (const auto& [name, value] : variables.items())
        out.variables.push_back({name, value.get<std::string>()});
    out.settings = settingsFrom(mergeEach("setting", base, ours, theirs, settingsOf, clashes));
    Pipeline first = ours, second = theirs;
    separateAddedNodes(base, first, second, clashes);
    out.nodes = mergeNodes(base, first, second, kinds, clashes);
    out.wires = mergeWires(base, first, second, out.nodes, kinds, clashes);
    MergedCards cards = mergeCards(base, first, second, out.nodes, clashes);
    out.cards = std::move(cards.cards);
    out.noCards = cards.noCards;
    out.unknownDashboard = mergeEach(
        "pipeline", base, ours, theirs, [](const Pipeline& of) { return of.unknownDashboard; }, clashes);
    out.notes = mergeComments(base.notes, first.notes, second.notes, clashes);
    merged.clashes = clashes.take();
    return merged;
}

}  // namespace

Merged merge(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs, const Catalogue& kinds,
             MergeRule rule) {
    const std::vector<MergeChoice> none;
    return mergeAll(base, ours, theirs, kinds, Clashes(rule, none));
}

Merged merge(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs, const Catalogue& kinds,
             const std::vector<MergeChoice>& choices) {
    return mergeAll(base, ours, theirs, kinds, Clashes(MergeRule::Tell, choices));
}

}  // namespace rw
