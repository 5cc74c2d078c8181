// route: each row to the first branch whose condition is true for it, or otherwise.
#include <algorithm>
#include <string_view>

#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/rejected.h"
#include "core/stream/row_errors.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr std::size_t kMostBranches = 64;
constexpr std::string_view kOtherwise = "otherwise", kRejected = "rejected";

/// “big: v >= 100”: the name, and where the condition begins. Without a colon all is the condition.
struct BranchText {
    std::string name{};
    std::size_t condition = 0;
};

BranchText branchText(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    BranchText out;
    const std::size_t from = text.find_first_not_of(" \t");
    const std::size_t until = text.find_last_not_of(" \t", colon == 0 ? 0 : colon - 1);
    if (from < colon) out.name = std::string(text.substr(from, until - from + 1));
    out.condition = std::min(text.find_first_not_of(" \t", colon + 1), text.size());
    return out;
}

bool isBranchName(const std::string& name) {
    return isNodeId(name) && name != kOtherwise && name != kRejected;
}

/// The port of each branch, by its place. One without a name of its own gets one that no branch can ask for,
/// so that the wires of the others stay where they are.
std::vector<std::string> branchPorts(const std::vector<std::string>& branches) {
    std::vector<std::string> names;
    for (const std::string& branch : branches) {
        std::string name = branchText(branch).name;
        const bool free = isBranchName(name) && std::find(names.begin(), names.end(), name) == names.end();
        names.push_back(free ? std::move(name) : fmt::format("branch #{}", names.size() + 1));
    }
    return names;
}

Ports routePorts(const Json& params) {
    std::vector<std::string> branches;
    if (const auto given = params.find("branches"); given != params.end() && given->is_array()) {
        for (const Json& branch : *given) {
            if (branches.size() < kMostBranches)
                branches.push_back(branch.is_string() ? branch.get<std::string>() : std::string());
        }
    }
    Ports ports;
    ports.inputs = {{"in", RW_TEXT("node", "rows")}};
    for (std::string& name : branchPorts(branches)) {
        Text label = RW_TEXT("route", "%1").with(name);
        ports.outputs.push_back({std::move(name), std::move(label)});
    }
    ports.outputs.push_back({std::string(kOtherwise), RW_TEXT("route", "otherwise")});
    ports.outputs.push_back(rejectedPort());
    return ports;
}

class BoundRoute final : public BoundNode, public TellsContributors {
 public:
    std::vector<sql::BoundRef> conditions{};
    std::vector<std::string> texts{};  ///< of the branches, for people
    bool nullOnError = false;          ///< as MakeContext::nullOnError

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet columns(inputs.front().schema->size());
        for (std::size_t port = 0; port <= conditions.size(); ++port) {
            for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = columns[i] || wanted[port][i];
        }
        for (const sql::BoundRef& condition : conditions) sql::markColumns(*condition, columns);
        return {std::move(columns)};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
    }
    std::optional<Passage> passage(int, int port, const Batch& row,
                                   const sql::EvalContext& eval) const override {
        const auto wanted = static_cast<std::size_t>(port);
        if (wanted > conditions.size()) return std::nullopt;
        Text own;  // why the condition of that output is not true of it
        for (std::size_t branch = 0; branch < conditions.size(); ++branch) {
            Passage passage = passageOf(row, *conditions[branch], texts[branch], eval, nullOnError);
            if (passage.rejected) return passage;
            if (!passage.passes) {
                if (branch == wanted) own = std::move(passage.why);
                continue;
            }
            if (branch == wanted) return passage;
            passage.passes = false;
            passage.elsewhere = true;
            passage.why = own.empty()
                              ? RW_TEXT("lineage", "the branch “%1” took it").with(texts[branch])
                              : RW_TEXT("lineage", "%1; the branch “%2” took it").with(own, texts[branch]);
            return passage;
        }
        if (wanted == conditions.size()) return Passage{.becomes = row};
        return Passage{
            .passes = false,
            .elsewhere = true,
            .why = RW_TEXT("lineage", "%1; no branch took it, and it left by “otherwise”").with(own),
            .becomes = row};
    }
};

/// A later condition is not looked at for a row that an earlier one took, as the branches of a CASE are not.
class Route final : public Operator {
 public:
    Route(const BoundRoute& bound, const MakeContext& context)
        : m_conditions(bound.conditions), m_eval(context.eval), m_nullOnError(context.nullOnError) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        Batch rest = batch;
        unpairUpdates(rest);  // a change may leave one branch and enter another
        for (std::size_t branch = 0; branch < m_conditions.size(); ++branch) {
            sql::RowErrors errors;
            sql::filterRows(*m_conditions[branch], rest, m_eval, m_selected, errors);
            RowFailures failures;
            if (!m_nullOnError) failures.add(errors);
            RW_TRY(failures.reject(rest, out));
            const std::vector<std::uint32_t> left = leftOver(failures.others(rest.rows));
            out.emit(static_cast<int>(branch), rest.select(m_selected));
            rest = rest.select(left);
        }
        out.emit(static_cast<int>(m_conditions.size()), std::move(rest));
        return {};
    }

 private:
    /// Those of `rows` that were not selected; both rise.
    std::vector<std::uint32_t> leftOver(const std::vector<std::uint32_t>& rows) const {
        std::vector<std::uint32_t> left;
        std::set_difference(rows.begin(), rows.end(), m_selected.begin(), m_selected.end(),
                            std::back_inserter(left));
        return left;
    }

    const std::vector<sql::BoundRef> m_conditions;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    std::vector<std::uint32_t> m_selected;
};

/// Reports a name that no port can have.
void checkBranchName(BindContext& context, const std::vector<std::string>& branches, std::size_t number) {
    const std::string name = branchText(branches[number]).name;
    const auto before = branches.begin() + static_cast<std::ptrdiff_t>(number);
    const bool twice = std::any_of(branches.begin(), before,
                                   [&](const std::string& other) { return branchText(other).name == name; });
    Issue* issue = nullptr;
    if (name.empty()) {
        issue =
            &context.error("branches", RW_TEXT("route", "This branch has no name."),
                           RW_TEXT("route", "Write its name, a colon and its condition: big: price > 100."));
    } else if (!isBranchName(name)) {
        issue = &context.error(
            "branches", RW_TEXT("route", "“%1” can't be the name of a branch.").with(name),
            RW_TEXT("route",
                    "A name starts with a letter a–z and holds only a–z, 0–9 and _; otherwise and "
                    "rejected are taken."));
    } else if (twice) {
        issue = &context.error("branches", RW_TEXT("route", "Two branches are called “%1”.").with(name),
                               RW_TEXT("route", "Give one of them another name."));
    } else {
        return;
    }
    issue->item = static_cast<int>(number);
    issue->position = branches[number].find(name);
    issue->length = name.size();
}

sql::BoundRef bindBranch(BindContext& context, const std::string& branch, int item) {
    const std::size_t from = branchText(branch).condition;
    auto parsed = sql::bindCondition(std::string_view(branch).substr(from), {context.input().schema});
    if (auto* error = std::get_if<sql::SqlError>(&parsed)) error->position += from;
    auto condition = accept(context, "branches", item, std::move(parsed));
    return condition ? std::move(*condition) : nullptr;
}

BoundNodeRef bindRoute(BindContext& context) {
    const std::vector<std::string> branches = context.list("branches");
    if (branches.size() > kMostBranches) {
        context.error(
            "branches",
            RW_TEXT("route", "%1 branches are too many: at most %2.").with(branches.size(), kMostBranches),
            RW_TEXT("route", "Let a second route take the rows that are left by “otherwise”."));
        return nullptr;
    }
    auto bound = std::make_shared<BoundRoute>();
    for (std::size_t i = 0; i < branches.size(); ++i) {
        checkBranchName(context, branches, i);
        bound->conditions.push_back(bindBranch(context, branches[i], static_cast<int>(i)));
        bound->texts.push_back(branches[i]);
    }
    bound->nullOnError = context.text("on_error") == "null";
    if (context.failed()) return nullptr;
    bound->outputs.assign(branches.size() + 1, context.input());
    bound->outputs.push_back(rejectedStream());
    bound->summary = RW_TEXT("route", "%1").with(fmt::format("{}", fmt::join(branchPorts(branches), " · ")));
    return bound;
}

Result<Made> makeRoute(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<Route>(static_cast<const BoundRoute&>(bound), context));
}

}  // namespace

NodeKind routeKind() {
    NodeKind kind;
    kind.type = "route";
    kind.name = RW_TEXT("route", "Route");
    kind.palette = {{kind.name, RW_TEXT("route", "Split rows into branches by conditions"), "route"}};
    Ports ports = routePorts(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.ports = routePorts;
    ParamSpec branches =
        makeParam("branches", ParamKind::Branches, RW_TEXT("route", "Branches"),
                  RW_TEXT("route",
                          "A name, a colon and a condition each, at most 64: `big: price > 100`. A name "
                          "starts with a letter a–z and contains only a–z, 0–9 and `_`. A row goes to the "
                          "first branch whose condition is true, and to `otherwise` when none is."));
    branches.required = true;
    kind.params = {std::move(branches), onErrorParam()};
    kind.bind = bindRoute;
    kind.make = makeRoute;
    return kind;
}

}  // namespace rw
