#include "core/deploy/translation.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/ascii.h"
#include "core/deploy/engine_writer.h"
#include "core/deploy/kept_variables.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/checks/typing.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

/// Names in `value` that artefacts would put something in for, though they stand for themselves.
void findMistakable(const Json& value, const Variables& variables, const TranslateOptions& options,
                    std::vector<std::string>& names) {
    if (value.is_string()) {
        const KeptText text = keptText(value.get_ref<const std::string&>(), variables, options);
        names.insert(names.end(), text.mistakable.begin(), text.mistakable.end());
    } else if (value.is_structured()) {
        for (const Json& element : value) findMistakable(element, variables, options, names);
    }
}

int countOf(std::string_view text, std::string_view part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size()))
        ++count;
    return count;
}

/// How often a text has “$NAME” as a whole word: envsubst, which fills the secrets into a script, takes that
/// for “${NAME}”.
int countOfBare(std::string_view text, const std::string& name) {
    const std::string part = "$" + name;
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
        const char next = at + part.size() < text.size() ? text[at + part.size()] : ' ';
        if (!isAsciiLetter(next) && !isAsciiDigit(next) && next != '_') ++count;
    }
    return count;
}

class Translator {
 public:
    Translator(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated,
               Engine engine, const TranslateOptions& options)
        : m_pipeline(pipeline),
          m_catalogue(catalogue),
          m_validated(validated),
          m_options(options),
          m_writer(writerOf(engine)),
          m_variables(variablesOf(pipeline, options.validate, m_unheard)) {
        m_out.engine = engine;
        for (const Node& node : pipeline.nodes) m_nodes.emplace(node.id, &node);
    }

    Translation run() {
        findMarks();
        if (m_writer.settings != nullptr) m_out.statements = m_writer.settings(m_pipeline);
        m_ranks.assign(m_out.statements.size(), 0);
        for (const NodeId& id : m_validated.order) writeNode(id);
        sortStatements();
        m_out.blanks = m_blanks.take();
        for (const Blank& blank : m_out.blanks) refuseMistaken(blank);
        judgeSubflows();
        for (const auto& [id, verdict] : m_out.nodes) m_out.worst = std::max(m_out.worst, verdict.verdict());
        return std::move(m_out);
    }

 private:
    const NodeKind& kindOf(const Node& node) const { return *m_catalogue.of(node); }

    CheckedParams paramsOf(const Node& node, const NodeKind& kind) {
        return checkParams(node, kind, m_variables, m_options.validate.folder, nullptr, m_unheard);
    }

    std::vector<std::vector<NodeForm::Input>> inputsOf(const NodeId& id, const NodeKind& kind,
                                                       const TypedNode& typed) const {
        std::vector<std::vector<NodeForm::Input>> out(kind.inputs.size());
        for (const RunWire& wire : m_validated.wires) {
            const int port = wire.to.node == id ? kind.inputPort(wire.to.port) : -1;
            if (port < 0) continue;
            auto& wires = out[static_cast<std::size_t>(port)];
            NodeForm::Input& input = wires.emplace_back();
            input.type = typed.inputs[static_cast<std::size_t>(port)][wires.size() - 1];
            input.node = wire.from.node;
            input.port = wire.from.port;
            input.relation = relationOf(input.node, kindOf(*m_nodes.at(input.node)), input.port);
        }
        return out;
    }

    std::vector<std::string> wiredOutputs(const NodeId& id) const {
        std::vector<std::string> out;
        for (const RunWire& wire : m_validated.wires) {
            if (wire.from.node == id) out.push_back(wire.from.port);
        }
        return out;
    }

    /// Finds event_time nodes right behind sources without event time, if there is one of them alone.
    void findMarks() {
        std::map<NodeId, std::vector<EventTimeMark>> behind;
        for (const RunWire& wire : m_validated.wires) {
            const Node& node = *m_nodes.at(wire.to.node);
            const TypedNode& typed = m_validated.nodes.at(node.id);
            const TypedNode& from = m_validated.nodes.at(wire.from.node);
            const NodeKind& sender = kindOf(*m_nodes.at(wire.from.node));
            const bool source = sender.inputs.empty() && sender.outputs.front().name == wire.from.port;
            if (node.type != "event_time" || !source || !typed.bound || !from.bound) continue;
            if (from.bound->outputs.front().eventTime >= 0) continue;
            const NodeKind& kind = kindOf(node);
            const CheckedParams params = paramsOf(node, kind);
            const Json& delay = paramValue(*kind.param("watermark_delay"), params.node.params);
            const Result<Millis> millis = parseDuration(delay.is_string() ? delay.get<std::string>() : "0");
            behind[wire.from.node].push_back(
                {node.id, typed.bound->outputs.front().eventTime, millis.ok() ? *millis : 0});
        }
        for (const auto& [source, marks] : behind) {
            if (marks.size() != 1) continue;
            EventTimeMark mark = marks.front();
            mark.alone = wiresFrom(source) == 1;
            m_marks[source] = mark;
            m_marks[mark.by] = mark;
        }
    }

    /// Wires that leave by the first output.
    std::ptrdiff_t wiresFrom(const NodeId& source) const {
        const std::string& port = kindOf(*m_nodes.at(source)).outputs.front().name;
        return std::count_if(
            m_validated.wires.begin(), m_validated.wires.end(),
            [&](const RunWire& wire) { return wire.from.node == source && wire.from.port == port; });
    }

    void writeNode(const NodeId& id) {
        const auto typed = m_validated.nodes.find(id);
        if (typed == m_validated.nodes.end() || !typed->second.bound) return;
        const Node& node = *m_nodes.at(id);
        const NodeKind& kind = kindOf(node);
        const CheckedParams params = paramsOf(node, kind);
        BindContext context(params.node, kind.params, m_pipeline.settings, m_options.validate.folder,
                            typed->second.inputs, m_unheard);
        context.setConnections(m_options.validate.connections);
        NodeForm form(m_writer.dialect, node, context, inputsOf(id, kind, typed->second),
                      *typed->second.bound, kind, wiredOutputs(id), m_variables, m_options, m_blanks);
        form.setPipeline(m_pipeline.name);
        if (const auto mark = m_marks.find(id); mark != m_marks.end()) form.setMark(mark->second);
        refuseMistakable(node, form);
        const NodeFormEntry& entry = m_writer.form(kind);
        if (entry.write == nullptr) {
            form.find(Verdict::Refused, entry.what).fix = entry.fix;
        } else if (m_writer.refuses == nullptr || !m_writer.refuses(form)) {
            entry.write(form);
        }
        if (form.mark()) m_marks[form.mark()->by] = *form.mark();
        m_out.keepsState = m_out.keepsState || entry.keepsState;
        take(form, kind);
    }

    void refuseMistakable(const Node& node, NodeForm& form) const {
        std::vector<std::string> names;
        findMistakable(node.params, m_variables, m_options, names);
        if (names.empty()) return;
        form.find(Verdict::Refused,
                  RW_TEXT("deploy",
                          "“$${%1}” stands for a text here; there the variable of this name would be put in.")
                      .with(names.front()))
            .fix = RW_TEXT("deploy",
                           "Write the text without “${%1}”. Another name for the variable helps, too, "
                           "but not where it is folder or staged.")
                       .with(names.front());
    }

    /// A text that looks like a blank would be filled in like one: rows for somebody else would have a
    /// password.
    void refuseMistaken(const Blank& blank) {
        const std::string place = "${" + blank.name + "}";
        std::map<NodeId, int> found, bare;
        const auto bareIn = [&blank](const std::string& text) {
            return blank.secret ? countOfBare(text, blank.name) : 0;
        };
        for (const Statement& statement : m_out.statements) {
            const std::string text = filled(statement.text);
            found[statement.node] += countOf(text, place);
            bare[statement.node] += bareIn(text);
        }
        const std::string name = filled(m_pipeline.name);
        const bool named = countOf(name, place) > 0, bareNamed = bareIn(name) > 0;
        for (auto& [id, verdict] : m_out.nodes) {
            const auto& placed = m_placed[id];
            const auto asked = placed.find(place);
            const int meant = asked != placed.end() ? asked->second : 0;
            if (found[id] > meant || (named && meant > 0)) {
                refuseText(
                    verdict, blank, RW_TEXT("deploy", "“${%1}” stands for a text here, and there for %2."),
                    RW_TEXT("deploy", "Write the text, or the name of the pipeline, without “${%1}”."));
            } else if (bare[id] > 0 || (bareNamed && meant > 0)) {
                refuseText(verdict, blank,
                           RW_TEXT("deploy", "“$%1” stands for a text here, and there for %2."),
                           RW_TEXT("deploy", "Write the text, or the name of the pipeline, without “$%1”."));
            }
        }
    }

    /// As sed makes it, by the command in the head of a script: “$SHOP_${v}” is made whole by a value, too.
    /// Values with a $ are not in that command.
    std::string filled(std::string text) const {
        for (const auto& [name, value] : m_variables) {
            const std::string place = "${" + name + "}";
            if (value.find('$') != std::string::npos) continue;
            for (std::size_t at = text.find(place); at != std::string::npos;
                 at = text.find(place, at + value.size()))
                text.replace(at, place.size(), value);
        }
        return text;
    }

    static void refuseText(NodeVerdict& verdict, const Blank& blank, Text what, Text fix) {
        Remark& remark = verdict.findings.emplace_back();
        remark.verdict = Verdict::Refused;
        remark.what = std::move(what).with(blank.name, blankText(blank));
        remark.fix = std::move(fix).with(blank.name);
    }

    void take(NodeForm& form, const NodeKind& kind) {
        m_placed[form.id()] = form.placed();
        NodeVerdict& verdict = m_out.nodes[form.id()];
        verdict.findings = form.findings();
        // Fixes that would change the subflow's file are left to its own window.
        if (isInside(form.id())) {
            for (Remark& remark : verdict.findings) remark.quickFixes.clear();
        }
        for (const std::string& package : form.packages()) {
            auto& all = m_out.packages;
            if (std::find(all.begin(), all.end(), package) == all.end()) all.push_back(package);
        }
        m_out.checkpoints = m_out.checkpoints || form.checkpoints();
        for (Statement& statement : form.takeStatements()) {
            const bool end =
                statement.kind == Statement::Kind::Insert || statement.kind == Statement::Kind::Select;
            m_ranks.push_back(end ? 4 : kind.outputs.empty() ? 3 : kind.inputs.empty() ? 1 : 2);
            m_out.statements.push_back(std::move(statement));
        }
    }

    /// Settings, sources, views, tables of sinks, then the writing statements; each group in the order of the nodes.
    void sortStatements() {
        std::vector<Statement> sorted;
        for (int rank = 0; rank <= 4; ++rank) {
            for (std::size_t i = 0; i < m_ranks.size(); ++i) {
                if (m_ranks[i] == rank) sorted.push_back(std::move(m_out.statements[i]));
            }
        }
        m_out.statements = std::move(sorted);
    }

    /// A subflow is as good as the nodes inside it; their findings are its own, the worst first.
    void judgeSubflows() {
        if (!m_validated.expanded) return;
        std::map<NodeId, NodeVerdict> subflows;
        for (const auto& [id, file] : m_validated.expanded->subflows) {
            const NodeId inside = insideOf(id, {});
            for (auto node = m_out.nodes.lower_bound(inside);
                 node != m_out.nodes.end() && node->first.starts_with(inside); ++node) {
                auto& remarks = subflows[id].findings;
                for (Remark remark : node->second.findings) {
                    remark.param.clear();
                    remark.item = -1;
                    remark.position = remark.length = 0;
                    if (!remark.what.empty())
                        remark.what = RW_TEXT("deploy", "“%1”: %2").with(node->first, remark.what);
                    remarks.push_back(std::move(remark));
                }
            }
        }
        for (auto& [id, verdict] : subflows) {
            std::stable_sort(verdict.findings.begin(), verdict.findings.end(),
                             [](const Remark& a, const Remark& b) { return a.verdict > b.verdict; });
            m_out.nodes[id] = std::move(verdict);
        }
    }

    const Pipeline& m_pipeline;
    const Catalogue& m_catalogue;
    const Validated& m_validated;
    const TranslateOptions& m_options;
    const EngineWriter& m_writer;
    std::vector<Issue> m_unheard{};  ///< validation told them
    const Variables m_variables;
    Blanks m_blanks{m_variables};
    std::unordered_map<std::string, const Node*> m_nodes{};
    std::map<NodeId, EventTimeMark> m_marks{};
    std::map<NodeId, std::map<std::string, int>> m_placed{};  ///< NodeForm::placed()
    std::vector<int> m_ranks{};  ///< of the statements so far
    Translation m_out{};
};

}  // namespace

Translation translate(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated,
                      Engine engine, const TranslateOptions& options) {
    const Pipeline& runs = validated.expanded ? validated.expanded->pipeline : pipeline;
    Translation made = Translator(runs, catalogue, validated, engine, options).run();
    made.readFiles = !options.surveys.empty();
    return made;
}

}  // namespace rw
