#include "core/pipeline/json/saved_queries.h"

#include "core/pipeline/json/json_members.h"
#include "core/pipeline/limits.h"

namespace rw {

namespace {

/// Before other further keys, as a file that is read has them. No key at all where there are none: the file
/// is as it was before the first.
void put(Pipeline& pipeline, Json queries) {
    pipeline.unknown.erase(kQueriesKey);
    if (queries.empty()) return;
    Json all{{kQueriesKey, std::move(queries)}};
    all.update(pipeline.unknown);
    pipeline.unknown = std::move(all);
}

}  // namespace

Status checkQueries(const Json& value) {
    if (!value.is_object())
        return wrongAt(kQueriesKey, RW_TEXT("pipeline_file", "%1 must be an object, { … }."));
    for (const auto& [name, sql] : value.items()) {
        const std::string path = std::string(kQueriesKey) + "." + name;
        if (!sql.is_string()) return wrongAt(path, RW_TEXT("pipeline_file", "%1 must be text, \"…\"."));
        if (name.empty() || charactersOf(name) > kMaxTitle) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("pipeline_file", "A name in %1 must have 1 to %2 characters.")
                              .with(kQueriesKey, kMaxTitle));
        }
        if (const std::size_t length = charactersOf(sql.get_ref<const std::string&>());
            length > kMaxQueryText) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("pipeline_file", "%1 has %2 characters, at most %3 are possible.")
                              .with(path, length, kMaxQueryText),
                          RW_TEXT("pipeline_file", "Shorten it."));
        }
    }
    return {};
}

std::vector<SavedQuery> savedQueries(const Pipeline& pipeline) {
    std::vector<SavedQuery> out;
    const Json queries = queriesOf(pipeline);
    for (const auto& [name, sql] : queries.items()) out.push_back({name, sql.get<std::string>()});
    return out;
}

void saveQuery(Pipeline& pipeline, const SavedQuery& query) {
    Json queries = queriesOf(pipeline);
    queries[query.name] = query.sql;
    put(pipeline, std::move(queries));
}

void renameQuery(Pipeline& pipeline, const std::string& name, const std::string& next) {
    if (!queriesOf(pipeline).contains(name)) return;
    Json queries = Json::object();
    for (const SavedQuery& each : savedQueries(pipeline)) {
        if (each.name == name) {
            queries[next] = each.sql;
        } else if (each.name != next) {
            queries[each.name] = each.sql;
        }
    }
    put(pipeline, std::move(queries));
}

void removeQuery(Pipeline& pipeline, const std::string& name) {
    Json queries = queriesOf(pipeline);
    queries.erase(name);
    put(pipeline, std::move(queries));
}

Json queriesOf(const Pipeline& pipeline) {
    const auto found = pipeline.unknown.find(kQueriesKey);
    return found != pipeline.unknown.end() && checkQueries(*found).ok() ? *found : Json::object();
}

Json withoutQueries(const Pipeline& pipeline) {
    Json rest = pipeline.unknown;
    if (!queriesOf(pipeline).empty()) rest.erase(kQueriesKey);
    return rest;
}

}  // namespace rw
