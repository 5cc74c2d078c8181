// recommend: the items that a user would rate best, of those that others have rated.
#include <algorithm>
#include <cmath>

#include "core/learn/models/biased_factors.h"
#include "core/learn/models/known_models.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/learning_params.h"
#include "core/nodes/learning/taste_notes.h"
#include "core/stream/operator.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::int64_t kMostItems = 1'000;  // that one ask gets

class RecommendOutput final : public learn::LearningOutput {
 public:
    RecommendOutput(std::size_t top, bool rated) : m_top(top), m_rated(rated) {}

    std::unique_ptr<learn::KeyNotes> makeNotes() const override { return std::make_unique<TasteNotes>(); }

    /// Only a rating makes a user or an item known: the model numbers them as the notes do.
    bool encode(learn::LearningRow& row, std::span<double> features) override {
        m_cost = 1;
        if (row.texts[0].empty() || row.texts[1].empty() || !row.known()) return false;
        auto& notes = static_cast<TasteNotes&>(*row.notes);
        features[0] = static_cast<double>(notes.users.add(row.texts[0]));
        features[1] = static_cast<double>(notes.items.add(row.texts[1]));
        notes.rate(static_cast<std::size_t>(features[0]), static_cast<std::size_t>(features[1]));
        return true;
    }

    void scored(const learn::LearningRow&, learn::MadeRows&) override {}

    void labelled(const learn::LearningRow& row, learn::MadeRows& made) override {
        const double error = row.example.target - row.outputs[0];
        if (std::isfinite(error)) made.judge(Quality::Kind::Error, std::fabs(error));
    }

    void asked(const learn::LearningRow& row, learn::MadeRows& made) override {
        const learn::Factors& factors = learn::factorsOf(*row.model);
        const auto& notes = static_cast<const TasteNotes&>(*row.notes);
        m_cost = 1 + factors.items() / 16;
        std::size_t top = m_top;
        if (!row.example.features.empty()) {
            const double asked = row.example.features[0];
            if (asked == asked) top = static_cast<std::size_t>(std::clamp(asked, 0.0, 1.0 * kMostItems));
        }
        if (!row.warm || row.texts[0].empty()) return;
        const std::size_t user = notes.users.find(row.texts[0]);
        m_scored.clear();
        const std::size_t items = std::min(factors.items(), notes.items.size());
        for (std::uint32_t item = 0; item < items; ++item) {
            const double score = factors.predict(user, item);
            if (std::isfinite(score) && (m_rated || !notes.hasRated(user, item)))
                m_scored.push_back({score, item});
        }
        top = std::min(top, m_scored.size());
        // Of equal scores the item that came first.
        std::partial_sort(m_scored.begin(), m_scored.begin() + static_cast<std::ptrdiff_t>(top),
                          m_scored.end(), [](const Scored& a, const Scored& b) {
                              return a.score != b.score ? a.score > b.score : a.item < b.item;
                          });
        for (std::size_t rank = 0; rank < top; ++rank) {
            made.begin(0)
                .text(notes.items.name(m_scored[rank].item))
                .number(m_scored[rank].score)
                .integer(static_cast<std::int64_t>(rank + 1));
        }
    }

    std::size_t cost() const override { return m_cost; }

 private:
    struct Scored {
        double score;
        std::uint32_t item;
    };

    const std::size_t m_top;
    const bool m_rated;
    std::size_t m_cost = 1;          ///< of the row that came last
    std::vector<Scored> m_scored{};  ///< of one ask; kept for its memory
};

LearningPorts recommendPorts() {
    return {{}, false, {"asks", RW_TEXT("recommend", "asks")}};
}

BoundNodeRef bindRecommend(BindContext& context) {
    LearningBinder binder(context, recommendPorts());
    if (!binder.bindInputs() || !binder.bindTexts(learn::InputRole::Rows, {"user", "item"}) ||
        !binder.bindTarget("rating") || !binder.bindTexts(learn::InputRole::Asks, {"user"}))
        return nullptr;
    if (context.has("top_column") && !context.text("top_column").empty() && !binder.bindAsked("top_column"))
        return nullptr;
    binder.setModel("biased_factors", {{"factors", static_cast<double>(context.integer("factors"))},
                                       {"rate", context.number("rate")},
                                       {"shrinking", context.number("shrinking")}});
    const auto top = static_cast<std::size_t>(context.integer("top"));
    binder.plan().output = [top, rated = context.flag("rated")] {
        return std::make_unique<RecommendOutput>(top, rated);
    };
    binder.make(0, learn::MadePrefix::Ask,
                {{"item", Type::of(TypeId::String)},
                 {"score", Type::of(TypeId::Double)},
                 {"rank", Type::of(TypeId::Bigint)}});
    const std::string keys = listText(context, "keys"), item = context.text("item"),
                      user = context.text("user");
    return binder.finish(keys.empty() ? RW_TEXT("recommend", "%1 for %2").with(item, user)
                                      : RW_TEXT("recommend", "%1 for %2 · by %3").with(item, user, keys));
}

std::vector<ParamSpec> columnParams() {
    ParamSpec user =
        targetParam("user", RW_TEXT("recommend", "User"),
                    RW_TEXT("recommend",
                            "The column that says who rates, and who asks: at both inputs under "
                            "this name. A row without a value teaches nothing, and gets nothing."),
                    "label");
    user.section = RW_TEXT("recommend", "Ratings");
    ParamSpec item = targetParam("item", RW_TEXT("recommend", "Item"),
                                 RW_TEXT("recommend", "The column that says what is rated."), "label");
    ParamSpec rating =
        targetParam("rating", RW_TEXT("recommend", "Rating"),
                    RW_TEXT("recommend",
                            "The column with the rating. It should be of the size of a few units, as one to "
                            "five stars are; NULL teaches nothing."),
                    "numeric");
    return {std::move(user), std::move(item), std::move(rating)};
}

std::vector<ParamSpec> recommendParams() {
    std::vector<ParamSpec> params = columnParams();
    ParamSpec factors = makeParam("factors", ParamKind::Integer, RW_TEXT("recommend", "Factors"),
                                  RW_TEXT("recommend", "So many numbers describe the taste of a user."), 16);
    factors.min = 1;
    factors.max = 1'000;
    ParamSpec rate = makeParam("rate", ParamKind::Number, RW_TEXT("recommend", "Learning rate"),
                               RW_TEXT("recommend",
                                       "How far a rating moves what is known: larger learns faster, and "
                                       "forgets faster."),
                               0.01);
    rate.min = 0;
    rate.max = 1;
    ParamSpec shrinking =
        makeParam("shrinking", ParamKind::Number, RW_TEXT("recommend", "Shrinking"),
                  RW_TEXT("recommend",
                          "How strongly each rating draws biases and factors back to 0, against "
                          "tastes that are read from too few ratings."),
                  0);
    shrinking.min = 0;
    shrinking.max = 10;
    ParamSpec top = makeParam("top", ParamKind::Integer, RW_TEXT("recommend", "Items"),
                              RW_TEXT("recommend", "So many items are recommended to an ask."), 10);
    top.min = 1;
    top.max = static_cast<double>(kMostItems);
    top.section = RW_TEXT("recommend", "Answers");
    ParamSpec topColumn =
        makeParam("top_column", ParamKind::ColumnName, RW_TEXT("recommend", "Items by column"),
                  RW_TEXT("recommend",
                          "The column of the asks that says how many items, at most 1000. "
                          "Empty, or NULL: as many as above."));
    topColumn.columnTypes = "numeric";
    ParamSpec rated =
        makeParam("rated", ParamKind::Boolean, RW_TEXT("recommend", "Also what was rated"),
                  RW_TEXT("recommend", "Recommends items that the user has rated, too."), false);
    for (ParamSpec* param : {&factors, &rate, &shrinking, &top, &topColumn, &rated})
        params.push_back(std::move(*param));
    // There are no features; without learning, nobody is known.
    for (ParamSpec& param : learningParamsWithout({"scale", "impute", "learn"}, recommendPorts(), 0))
        params.push_back(std::move(param));
    return params;
}

}  // namespace

NodeKind recommendKind() {
    NodeKind kind;
    kind.type = "recommend";
    kind.name = RW_TEXT("recommend", "Recommend");
    kind.palette = {{kind.name, RW_TEXT("recommend", "What a user would rate best"), "recommend"}};
    kind.ports = [](const Json& params) { return learningPorts(params, recommendPorts()); };
    Ports ports = kind.ports(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.params = recommendParams();
    kind.bind = bindRecommend;
    kind.checkFiles = checkLearningFiles;
    kind.make = makeLearning;
    kind.takes = NodeRequest::ResetModel;
    return kind;
}

}  // namespace rw
