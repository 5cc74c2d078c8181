// Runs a model of ours over the rows of a case.
#include <cmath>

#include "core/learn/models/running_scale.h"
#include "tests/learn/oracle_twins.h"

namespace rw::test {

namespace {

double relativeDifference(double ours, double theirs) {
    if (std::isnan(ours) && std::isnan(theirs)) return 0;
    const double difference = std::fabs(ours - theirs) / (1 + std::fabs(theirs));
    return std::isnan(difference) ? std::numeric_limits<double>::infinity() : difference;
}

void compareRow(const OracleTwin& twin, const std::vector<double>& ours, const std::vector<double>& theirs,
                std::size_t row, Difference& found) {
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const double difference = relativeDifference(ours[twin.compared[i]], theirs[i]);
        ++found.numbers;
        if (difference == 0) ++found.equal;
        if (difference <= found.greatest) continue;
        found.greatest = difference;
        found.row = row;
    }
}

}  // namespace

Difference differenceOf(const OracleTwin& twin, const OracleCase& oracle, const OracleRows& rows) {
    const std::unique_ptr<learn::Model> model = twin.factory->make(1);
    std::vector<const std::vector<double>*> columns;
    for (const std::string& name : twin.features) columns.push_back(&rows.at(name));
    const std::vector<double>* targets = twin.target.empty() ? nullptr : &rows.at(twin.target);
    std::vector<double> features(columns.size()), outputs(twin.factory->outputs());
    learn::RunningScale scale(columns.size());
    // A row is scored by the scale of those before it, and learnt by a scale that knows it.
    const auto exampleOf = [&](std::size_t row) {
        for (std::size_t i = 0; i < features.size(); ++i) features[i] = (*columns[i])[row];
        if (twin.scaled) scale.apply(features);
        learn::Example example{.features = features, .time = static_cast<Instant>(row) * 1'000};
        if (targets) example.target = (*targets)[row];
        return example;
    };
    const auto learnRow = [&](std::size_t row) {
        for (std::size_t i = 0; i < features.size(); ++i) features[i] = (*columns[i])[row];
        scale.learn(features);
        model->learn(exampleOf(row));
    };
    Difference found;
    for (std::size_t row = 0; row < oracle.outputs.size(); ++row) {
        model->score(exampleOf(row), outputs);
        compareRow(twin, outputs, oracle.outputs[row], row, found);
        learnRow(row);
    }
    return found;
}

}  // namespace rw::test
