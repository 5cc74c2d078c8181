#include "core/cluster/jobs/flink_planned.h"

#include "core/cluster/flink/flink_issue.h"
#include "core/cluster/plans/plan_numbers.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

Issue planIssue(Text message, Text fix, const NodeId& node = {}) {
    return issueOf({ErrorCode::Invalid, std::move(message), std::move(fix), node});
}

PlannedProgram notPlanned(std::vector<Issue> issues) {
    PlannedProgram out;
    out.issues = std::move(issues);
    return out;
}

/// Nodes that would lose state that they were to keep: issues, or, where state may be lost, notes.
void tellLost(const PlanNumbers& numbers, bool allowLostState, PlannedProgram& out) {
    for (const NodeId& node : numbers.reread)
        out.issues.push_back(planIssue(
            RW_TEXT(
                "cluster",
                "Flink would read “%1” from its beginning, while other nodes go on with what they have: its "
                "rows would count twice.")
                .with(node),
            RW_TEXT("cluster", "Deploy it anew, without the savepoint; or take the change back."), node));
    if (!out.issues.empty()) return;
    for (const NodeId& node : numbers.lost) {
        Text what =
            RW_TEXT("cluster",
                    "Flink's planner makes another operator of “%1” now, which can't take over what the "
                    "old one has kept.")
                .with(node);
        if (allowLostState) {
            out.notes.push_back(RW_TEXT("cluster", "%1 It starts anew.").with(what));
        } else {
            out.issues.push_back(planIssue(
                std::move(what), RW_TEXT("forecast", "Allow that state is lost, or deploy it anew."), node));
        }
    }
}

}  // namespace

Result<PlannedProgram> planOnFlink(FlinkSession& session, const FlinkProgram& program, const PlanRequest& request) {
    PlannedProgram out;
    out.files = std::make_unique<PlanFiles>();
    if (const Status opened = out.files->open(request.folder); !opened.ok())
        return notPlanned({issueOf(opened.error())});
    const Result<FlinkTable> compiled = session.run(program.compiledSet(out.files->compiledAddress()));
    if (!compiled.ok()) {
        if (session.refusal().empty()) return compiled.status();
        return notPlanned({planIssue(
            RW_TEXT("cluster", "Flink can't write the pipeline as a plan to “%1”: %2")
                .with(request.folder, shortFlinkWords(session.refusal())),
            RW_TEXT("cluster",
                    "See whether the SQL gateway may write to that folder. Without a folder of plans in the "
                    "target the job is given in as SQL."))});
    }
    const Result<std::string> text = out.files->readCompiled();
    if (!text.ok()) return notPlanned({issueOf(text.error())});
    const Result<FlinkPlan> plan = FlinkPlan::read(*text);
    if (!plan.ok()) return notPlanned({issueOf(plan.error())});
    const auto places = placesInPlan(request.graph, *plan);
    const auto owners = planOwners(*plan, request.graph, request.layout.nodesByOperator(), program.sinks());
    if (!owners || places.empty())
        return notPlanned({planIssue(
            RW_TEXT("cluster",
                    "The plan that Flink compiled has other operators than it had explained before."),
            RW_TEXT("cluster",
                    "Try it again. Without a folder of plans in the target the job is given in as SQL."))});
    const FlinkResume& resume = request.resume;
    const PlanNumbers numbers = resume.from && resume.told ? planNumbers(*plan, *owners, resume.from->plan,
                                                                         *resume.told, request.pipeline)
                                                           : planNumbers(*plan, *owners);
    tellLost(numbers, request.allowLostState, out);
    if (!out.issues.empty()) return notPlanned(std::move(out.issues));
    std::vector<int> given;
    for (const PlannedOperator& made : numbers.record.operators) given.push_back(made.number);
    if (const Status written = out.files->writePlanned(plan->text(given, planHeads(*owners))); !written.ok())
        return notPlanned({issueOf(written.error())});
    out.statement = "EXECUTE PLAN " + flinkText(out.files->plannedAddress());
    out.record = numbers.record;
    out.graph = request.graph;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i]) out.graph.operators[i].number = given[*places[i]];
    }
    return out;
}

}  // namespace rw
