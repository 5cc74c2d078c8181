// Properties of renamed columns, over random pipelines: with what follows from it, a rename leaves every node
// as it was but for names, and validation says nothing that it did not say before.
#include <cstdio>

#include "core/pipeline/column_def.h"
#include "core/pipeline/renaming/follow_renames.h"
#include "core/sql/parse/ast.h"
#include "tests/engine/random_pipeline.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const ValidateOptions kOptions{.folder = {}, .variables = {}, .files = false};

struct Renaming {
    NodeId node;
    std::string param;
    std::size_t item = 0;
    Json text;
};

/// The item with a name that nothing else has; null: it has none to change.
Json withFreshName(ParamKind kind, const std::string& text) {
    if (kind == ParamKind::ColumnDefs) {
        const auto def = splitColumnDef(text);
        return def ? Json("`a new name` " + text.substr(def->typeAt)) : Json();
    }
    auto parsed = sql::parseSelectItem(text);
    const auto* item = std::get_if<sql::SelectItem>(&parsed);
    if (item == nullptr || !item->expr) return nullptr;
    return text.substr(item->expr->span.begin, item->expr->span.end - item->expr->span.begin) +
           " AS `a new name`";
}

/// All columns that the pipeline names itself.
std::vector<Renaming> possible(const Pipeline& pipeline) {
    std::vector<Renaming> all;
    for (const Node& node : pipeline.nodes) {
        for (const ParamSpec& spec : kinds().of(node)->params) {
            const bool names = spec.kind == ParamKind::ColumnDefs || spec.kind == ParamKind::SelectItems ||
                               spec.kind == ParamKind::Aggregates;
            const Json list = node.params.value(spec.name, Json());
            for (std::size_t i = 0; names && list.is_array() && i < list.size(); ++i) {
                const Json text = withFreshName(spec.kind, list[i].get<std::string>());
                if (!text.is_null()) all.push_back({node.id, spec.name, i, text});
            }
        }
    }
    return all;
}

/// What is otherwise than before, but for names; empty: nothing.
std::string differs(const Validated& before, const Validated& after) {
    // One may go: of two columns of one name, one of which has another now.
    if (after.issues.size() > before.issues.size()) return english(after.issues.back());
    for (const auto& [id, typed] : before.nodes) {
        if (!typed.bound) continue;
        const BoundNodeRef& bound = after.nodes.at(id).bound;
        if (!bound || bound->outputs.size() != typed.bound->outputs.size()) return id + " is not typed";
        for (std::size_t port = 0; port < bound->outputs.size(); ++port) {
            const StreamType &is = bound->outputs[port], &was = typed.bound->outputs[port];
            if (is.eventTime != was.eventTime || is.key != was.key || is.schema->size() != was.schema->size())
                return id + " gives other rows";
            for (std::size_t i = 0; i < is.schema->size(); ++i) {
                const Field &now = is.schema->fields[i], &old = was.schema->fields[i];
                // Where a name is taken a node adds to it: “rank0”, “k_right”.
                const bool renamed = now.name.starts_with("a new name") || now.name.starts_with(old.name) ||
                                     old.name.starts_with(now.name);
                if (now.type != old.type || (now.name != old.name && !renamed)) return id + ": " + now.name;
            }
        }
    }
    return {};
}

}  // namespace

int main() {
    int renamed = 0, followed = 0, left = 0;
    for (unsigned number = 1; number <= 150; ++number) {
        const Pipeline before = randomPipeline(number, {.rows = 3, .sources = 2, .nodes = 8});
        const Validated known = validate(before, kinds(), kOptions);
        for (const Renaming& renaming : possible(before)) {
            Pipeline after = before;
            after.find(renaming.node)->params[renaming.param][renaming.item] = renaming.text;
            const FollowedRenames out = followRenames(before, known, after, renaming.node, kinds(), kOptions);
            for (const FollowedParam& change : out.params)
                after.find(change.node)->params[change.param] = change.value;
            renamed += out.renames.empty() ? 0 : 1;
            followed += static_cast<int>(out.nodes.size());
            left += out.left.empty() ? 0 : 1;
            // A node that is left was said: a union, whose other wire keeps the name.
            if (out.renames.empty() || !out.left.empty()) continue;
            const std::string why = differs(known, validate(after, kinds(), kOptions));
            if (!why.empty())
                std::printf("pipeline %u, %s of %s: %s\n", number, renaming.text.dump().c_str(),
                            renaming.node.c_str(), why.c_str());
            expect(why.empty(), "nothing but names is otherwise");
        }
    }
    std::printf("%d renames, %d nodes followed, %d left a node\n", renamed, followed, left);
    expect(renamed > 200, "columns are renamed");
    expect(followed > 400, "nodes follow");
    expect(left < renamed / 4, "few nodes are left");
    return summary();
}
