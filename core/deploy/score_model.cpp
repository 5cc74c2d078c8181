#include "core/deploy/score_model.h"

#include <utility>

#include "core/base/byte_size.h"
#include "core/connect/files/system_files.h"
#include "core/deploy/outside_text.h"
#include "core/deploy/score_sums.h"
#include "core/score/bound_score.h"
#include "core/score/linear_model.h"
#include "core/score/tree_model.h"

namespace rw {

namespace {

/// Of a file that is looked at. A model of the most nodes has less than 2 MB.
constexpr std::uint64_t kMostBytes = std::uint64_t{16} << 20;

score::FittedRef refuse(NodeForm& form, Text what, Text fix, std::string_view param = "model") {
    form.find(Verdict::Refused, std::move(what), param).fix = std::move(fix);
    return nullptr;
}

score::FittedRef refuse(NodeForm& form, const Error& error) {
    const Text fix =
        error.fix.empty() ? RW_TEXT("deploy", "Repair the file, or name another one.") : error.fix;
    return refuse(form, error.message, fix, error.param.empty() ? "model" : error.param);
}

Text smallerOrHere() {
    return RW_TEXT("deploy",
                   "Train a smaller model, or run this node here, write its rows to Kafka, and let "
                   "the pipeline of the cluster read them there.");
}

/// Whether the numbers are few enough; says why not.
bool isSmall(NodeForm& form, const score::Model& model, const ScoreEngine& engine) {
    const auto most = [&form](std::size_t count, std::size_t limit, Text what) {
        if (count <= limit) return true;
        refuse(form, std::move(what).with(count, limit), smallerOrHere());
        return false;
    };
    if (!most(model.head().inputs.size(), kMostScoreTrees,
              RW_TEXT("deploy", "The model has %1 inputs; as SQL it can have %2.")))
        return false;
    if (const auto* const linear = dynamic_cast<const score::LinearModel*>(&model))
        return most(linear->numbers().weights.size(), engine.mostWeights,
                    RW_TEXT("deploy", "The model has %1 weights; as SQL it can have %2."));
    const score::TreeNumbers& numbers = static_cast<const score::TreeModel&>(model).numbers();
    const ScoreTreeSize size = scoreTreeSize(numbers);
    return most(numbers.trees.size(), kMostScoreTrees,
                RW_TEXT("deploy", "The model has %1 trees; as SQL it can have %2.")) &&
           most(size.nodes, engine.mostNodes,
                RW_TEXT("deploy",
                        "The trees have more nodes than SQL is written of: %1, each counted once for each of "
                        "its numbers. %2 is the most.")) &&
           most(size.largest, kMostScoreTreeNodes,
                RW_TEXT("deploy", "A tree has more nodes than SQL is written of: %1. %2 is the most.")) &&
           most(size.depth, kMostScoreDepth,
                RW_TEXT("deploy", "A tree is deeper than SQL is written of: %1. %2 is the most."));
}

}  // namespace

score::FittedRef scoreModel(NodeForm& form, const ScoreEngine& engine) {
    const score::ScorePlan& plan = static_cast<const score::BoundScore&>(form.bound()).plan;
    if (score::isOnnx(plan.path))
        return refuse(form, RW_TEXT("deploy", "The engine's SQL can't compute an ONNX model."),
                      RW_TEXT("deploy",
                              "Write the model as JSON with the script of the help, if it is linear "
                              "or of trees, or run this node here."));
    const auto files = systemFiles();
    const Result<FileState> state = files->state(plan.path);
    if (!state.ok()) return refuse(form, state.error());
    if (state->size > kMostBytes)
        return refuse(form,
                      RW_TEXT("deploy", "The file of the model has %1; as SQL it can have %2.")
                          .with(byteSizeText(state->size), byteSizeText(kMostBytes)),
                      smallerOrHere());
    Result<score::ModelBytes> bytes = score::readModel(*files, plan.path);
    if (!bytes.ok()) return refuse(form, bytes.error());
    Result<score::ModelRef> model = score::loadModel(*bytes, plan.options);
    if (!model.ok()) return refuse(form, model.error());
    Result<score::FittedRef> fitted = score::fit(*model, bytes->sha256, plan);
    if (!fitted.ok()) return refuse(form, fitted.error());
    return isSmall(form, *(*fitted)->model, engine) ? *fitted : nullptr;
}

}  // namespace rw
