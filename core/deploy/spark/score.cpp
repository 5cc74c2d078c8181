// score: a trained model as expressions, step by step.
#include "core/deploy/score_query.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"

namespace rw {

namespace {

/// To Spark NaN is above all other numbers.
std::string known(const std::string& value) {
    return value + " <= DOUBLE('Infinity')";
}

/// Spark makes one expression of most steps, and plans it anew for each micro-batch.
constexpr ScoreEngine kSpark{.known = known, .mostNodes = 1'000, .mostWeights = 100};

}  // namespace

void sparkScore(NodeForm& form) {
    const std::optional<ScoreQuery> query = scoreQuery(form, kSpark);
    if (!query) return;
    std::string rows = sparkRows(form);
    for (const ScoreStep& step : query->steps) {
        if (!step.rows.empty()) rows = sparkWhere(form, rows, step.rows);
        std::vector<std::string> columns{pyText("*")};
        for (const std::string& column : step.columns) columns.push_back(pySql(column));
        const std::string name = form.helper(step.name);
        form.statement(Statement::Kind::View, name,
                       pyName(name) + " = " + pyCall(rows + ".selectExpr", columns), step.name);
        rows = pyName(name);
    }
    const StreamType& input = form.input();
    std::vector<std::string> columns;
    for (const Field& field : input.schema->fields) columns.push_back(pyText(form.quoted(field.name)));
    if (input.made && sparkTimed(input)) columns.push_back(pyText(form.quoted(sparkTimeColumn(input))));
    for (const std::string& output : query->outputs) columns.push_back(pySql(output));
    sparkView(form, pyCall(rows + ".selectExpr", columns), {}, query->note);
    sparkNoRejected(form);
}

}  // namespace rw
