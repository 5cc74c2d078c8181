// Asks a cluster's planner about a program, statement by statement.
#include <algorithm>
#include <map>

#include "core/cluster/flink/flink_issue.h"
#include "core/cluster/jobs/flink_deploy.h"

namespace rw {

namespace {

/// The gateway's answer to one statement.
struct GatewayWord {
    bool refused = false;
    FlinkRefusal refusal{};
    std::string cell{};  ///< the first one of the result
};

bool endsWithReadingWord(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text.ends_with("FROM") || text.ends_with("JOIN") || text.ends_with("TABLE") ||
           text.ends_with("INTO");
}

/// Whether SQL reads or writes the relation; now and then also where a column of its name is meant.
bool usesRelation(std::string_view sql, const std::string& relation) {
    const std::string quoted = "`" + relation + "`";
    for (std::size_t at = sql.find(quoted); at != std::string_view::npos; at = sql.find(quoted, at + 1)) {
        if (endsWithReadingWord(sql.substr(0, at))) return true;
    }
    return false;
}

/// Whether the messages are the same up to the names of the columns that are asked for.
bool sameComplaint(std::string_view one, std::string_view other) {
    constexpr std::string_view kDiffers = "'\"`[(0123456789\n";
    one = one.substr(0, one.find_first_of(kDiffers));
    return !one.empty() && one == other.substr(0, other.find_first_of(kDiffers));
}

class FlinkChecker {
 public:
    FlinkChecker(FlinkSession& session, const FlinkProgram& program, const Pipeline& pipeline)
        : m_session(session), m_program(program), m_pipeline(pipeline) {}

    Result<FlinkCheck> run() {
        RW_TRY(create());
        if (m_check.issues.empty()) RW_TRY(explain());
        return std::move(m_check);
    }

 private:
    /// An error: there was no answer.
    Result<GatewayWord> ask(const std::string& sql) { return wordOf(sql, m_session.run(sql)); }

    Result<GatewayWord> wordOf(const std::string& sql, const Result<FlinkTable>& table) {
        GatewayWord word;
        if (table.ok()) {
            if (!table->rows.empty() && !table->rows.front().cells.empty())
                word.cell = table->rows.front().cells.front().value_or(std::string());
            return word;
        }
        word.refused = true;
        word.refusal = {sql, m_session.refusal(), m_session.place()};
        const std::string& words = word.refusal.words;
        // A session that is gone is no fault of the statement.
        const bool gone = words.starts_with("Session '") && words.find("does not exist") != std::string::npos;
        if (words.empty() || gone) return table.status();
        return word;
    }

    void tell(const NodeId& node, const FlinkRefusal& refusal) {
        Issue issue = flinkIssue(m_pipeline, node, refusal);
        const bool told = std::any_of(m_check.issues.begin(), m_check.issues.end(), [&](const Issue& other) {
            return other.node == issue.node && other.message == issue.message;
        });
        if (!told) m_check.issues.push_back(std::move(issue));
    }

    /// Statements behind one that failed are not sent: their errors would be consequences of it.
    Status create() {
        std::vector<std::string> missing;
        for (const Statement& statement : m_program.statements) {
            const bool behind = std::any_of(missing.begin(), missing.end(), [&](const std::string& relation) {
                return usesRelation(statement.text, relation);
            });
            if (!behind) {
                RW_TRY_ASSIGN(const GatewayWord word,
                              wordOf(statement.text, m_program.send(m_session, statement)));
                if (!word.refused) continue;
                tell(statement.node, word.refusal);
            }
            missing.push_back(statement.name);
        }
        return {};
    }

    Status explain() {
        std::optional<FlinkRefusal> refusal;
        if (!m_program.inserts.empty()) {
            RW_TRY_ASSIGN(const GatewayWord word, ask(m_program.explainedSet()));
            if (word.refused) {
                refusal = word.refusal;
            } else if (Result<FlinkGraph> graph = readFlinkGraph(word.cell); graph.ok()) {
                // One that can't be read keeps no job from running: its figures are unknown then.
                m_check.graph = std::move(*graph);
            }
        }
        if (!m_program.charts.empty()) {
            RW_TRY_ASSIGN(const GatewayWord word, ask("EXPLAIN " + m_program.chartQuery()));
            if (word.refused && !refusal) refusal = word.refusal;
        }
        if (!refusal) return {};
        m_check.graph = {};
        for (const Statement& insert : m_program.inserts) RW_TRY(explainEnd(insert.node, insert.text));
        for (const ClusterChart& chart : m_program.charts) RW_TRY(explainEnd(chart.node, chart.query));
        if (m_check.issues.empty()) tell({}, *refusal);
        return {};
    }

    /// One sink or chart alone. The planner says nothing of where: the first view on the way that it says the
    /// same of is the one.
    Status explainEnd(const NodeId& node, const std::string& sql) {
        RW_TRY_ASSIGN(const GatewayWord end, ask("EXPLAIN " + sql));
        if (!end.refused) return {};
        for (const Statement* view : viewsBefore(sql)) {
            RW_TRY_ASSIGN(const GatewayWord* word, explainView(*view));
            if (word->refused && sameComplaint(word->refusal.words, end.refusal.words)) {
                tell(view->node, end.refusal);
                return {};
            }
        }
        tell(node, end.refusal);
        return {};
    }

    Result<const GatewayWord*> explainView(const Statement& view) {
        const auto known = m_views.find(view.name);
        if (known != m_views.end()) return &known->second;
        RW_TRY_ASSIGN(GatewayWord word, ask("EXPLAIN SELECT * FROM `" + view.name + "`"));
        return &m_views.emplace(view.name, std::move(word)).first->second;
    }

    /// The views whose rows come to a query, sources first.
    std::vector<const Statement*> viewsBefore(const std::string& sql) const {
        std::string used = sql;
        std::vector<const Statement*> out;
        for (auto each = m_program.statements.rbegin(); each != m_program.statements.rend(); ++each) {
            if (!usesRelation(used, each->name)) continue;
            used += "\n" + each->text;
            if (each->kind == Statement::Kind::View) out.push_back(&*each);
        }
        std::reverse(out.begin(), out.end());
        return out;
    }

    FlinkSession& m_session;
    const FlinkProgram& m_program;
    const Pipeline& m_pipeline;
    std::map<std::string, GatewayWord> m_views{};
    FlinkCheck m_check{};
};

}  // namespace

Result<FlinkCheck> checkOnFlink(FlinkSession& session, const FlinkProgram& program,
                                const Pipeline& pipeline) {
    return FlinkChecker(session, program, pipeline).run();
}

}  // namespace rw
