// cluster: which rows are alike, by centres that move with the rows.
#include <cmath>

#include "core/learn/learning_output.h"
#include "core/learn/models/known_models.h"
#include "core/learn/models/sequential_kmeans.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/feature_distances.h"
#include "core/nodes/learning/learning_params.h"
#include "core/stream/operator.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::int64_t kMostClusters = 1'000;

/// How many rows of a key were scored.
class RowCount final : public learn::KeyNotes {
 public:
    std::uint64_t rows = 0;
    void visit(learn::ModelFields& fields) override { fields.count("rows", rows); }
    std::size_t memoryBytes() const override { return sizeof *this; }
};

class ClusterOutput final : public learn::LearningOutput {
 public:
    /// `distances`: null without `explain`.
    ClusterOutput(std::uint64_t every, std::size_t work, std::unique_ptr<FeatureDistances> distances)
        : m_every(every), m_work(work), m_distances(std::move(distances)) {}

    std::unique_ptr<learn::KeyNotes> makeNotes() const override { return std::make_unique<RowCount>(); }

    void scored(const learn::LearningRow& row, learn::MadeRows& made) override {
        learn::RowMaker& out = made.begin(0);
        row.outputs[0] >= 0 ? out.integer(static_cast<std::int64_t>(row.outputs[0])) : out.null();
        out.number(row.outputs[1]);
        if (!m_distances) return;
        std::isfinite(row.outputs[1]) ? out.text(m_distances->of(row)) : out.null();
    }

    void passed(const learn::LearningRow& row, learn::MadeRows& made) override {
        auto& notes = static_cast<RowCount&>(*row.notes);
        if (++notes.rows % m_every != 0) return;
        const learn::Centres centres = learn::centresOf(*row.model);
        const std::size_t features = row.example.features.size();
        for (std::size_t cluster = 0; cluster < centres.rows.size(); ++cluster) {
            learn::RowMaker& out = made.begin(1)
                                       .integer(static_cast<std::int64_t>(cluster))
                                       .integer(static_cast<std::int64_t>(centres.rows[cluster]));
            for (std::size_t i = 0; i < features; ++i) out.number(centres.places[cluster * features + i]);
        }
    }

    std::size_t cost() const override { return m_work; }

 private:
    const std::uint64_t m_every;
    const std::size_t m_work;
    const std::unique_ptr<FeatureDistances> m_distances;
};

LearningPorts clusterPorts() {
    return {{{"centres", RW_TEXT("cluster", "centres")}}, false, {}};
}

BoundNodeRef bindCluster(BindContext& context) {
    LearningBinder binder(context, clusterPorts());
    if (!binder.bindInputs() || !binder.bindFeatures(1, kMostFeatures)) return nullptr;
    const bool byRadius = context.text("by") == "radius";
    const auto clusters = static_cast<double>(context.integer(byRadius ? "most" : "k"));
    binder.setModel("kmeans", {{"clusters", clusters},
                               {"radius", byRadius ? context.number("radius") : 0},
                               {"rate", context.number("rate")}});
    const auto every = static_cast<std::uint64_t>(context.integer("every"));
    // A look at each centre
    const std::size_t work = 1 + static_cast<std::size_t>(clusters) * binder.features() / 64;
    const bool explains = context.flag("explain");
    binder.plan().output = [every, work, explains, names = binder.plan().rows().names] {
        return std::make_unique<ClusterOutput>(
            every, work, explains ? std::make_unique<FeatureDistances>(names) : nullptr);
    };
    const Type count = Type::of(TypeId::Bigint), number = Type::of(TypeId::Double);
    std::vector<Field> made{{"cluster", count}, {"distance", number}};
    if (explains) made.push_back(distancesField());
    binder.make(0, learn::MadePrefix::Row, made);
    std::vector<Field> centre{{"cluster", count}, {"rows", count}};
    for (const std::string& name : binder.plan().rows().names) centre.push_back({name, number});
    binder.make(1, learn::MadePrefix::Keys, centre);
    const std::string keys = listText(context, "keys"), features = listText(context, "features");
    const Text kind = byRadius ? RW_TEXT("cluster", "clusters within %1").with(context.number("radius"))
                               : RW_TEXT("cluster", "%1 clusters").with(context.integer("k"));
    return binder.finish(keys.empty() ? RW_TEXT("cluster", "%1 of %2").with(kind, features)
                                      : RW_TEXT("cluster", "%1 of %2 · by %3").with(kind, features, keys));
}

std::vector<ParamSpec> clusterMethodParams() {
    ParamSpec method =
        makeParam("method", ParamKind::Choice, RW_TEXT("cluster", "Method"),
                  RW_TEXT("cluster", "`kmeans`: each row moves the centre nearest to it."), "kmeans");
    method.choices = {{"kmeans", RW_TEXT("cluster", "Sequential k-means")}};
    ParamSpec by = makeParam("by", ParamKind::Choice, RW_TEXT("cluster", "Clusters by"),
                             RW_TEXT("cluster",
                                     "When a row begins a cluster. `number`: the first rows do that differ, "
                                     "until there are `k`. `radius`: a row does that is farther from all "
                                     "centres than the radius."),
                             "number");
    by.choices = {{"number", RW_TEXT("cluster", "Number")}, {"radius", RW_TEXT("cluster", "Radius")}};
    ParamSpec k = makeParam("k", ParamKind::Integer, RW_TEXT("cluster", "Number of clusters"),
                            RW_TEXT("cluster", "So many clusters of each key."), 5);
    k.min = 1;
    k.max = static_cast<double>(kMostClusters);
    k.appliesWhen = AppliesWhen{"by", {"number"}};
    ParamSpec radius =
        makeParam("radius", ParamKind::Number, RW_TEXT("cluster", "Radius"),
                  RW_TEXT("cluster",
                          "A row that is farther from all centres begins a cluster. The "
                          "distance is the Euclidean one of the features, scaled where `scale` "
                          "is `running`."),
                  1);
    radius.min = 0;
    radius.appliesWhen = AppliesWhen{"by", {"radius"}};
    ParamSpec most = makeParam("most", ParamKind::Integer, RW_TEXT("cluster", "Most clusters"),
                               RW_TEXT("cluster", "When a key has so many, no row begins another."), 100);
    most.min = 1;
    most.max = static_cast<double>(kMostClusters);
    most.appliesWhen = AppliesWhen{"by", {"radius"}};
    ParamSpec rate =
        makeParam("rate", ParamKind::Number, RW_TEXT("cluster", "Rate"),
                  RW_TEXT("cluster",
                          "A centre moves by this share of its distance to a row, and by 1 / n at "
                          "its n-th row while that is more. 0: it stays the mean of its rows."),
                  0.01);
    rate.min = 0;
    rate.max = 1;
    return {std::move(method), std::move(by),   std::move(k),
            std::move(radius), std::move(most), std::move(rate)};
}

std::vector<ParamSpec> clusterParams() {
    ParamSpec features = featuresParam();
    features.section = RW_TEXT("cluster", "Clusters");
    std::vector<ParamSpec> params{std::move(features)};
    for (ParamSpec& param : clusterMethodParams()) params.push_back(std::move(param));
    ParamSpec every =
        makeParam("every", ParamKind::Integer, RW_TEXT("cluster", "Centres every"),
                  RW_TEXT("cluster", "After so many rows of a key, its centres leave by `centres`."), 1'000);
    every.min = 1;
    every.max = 1e9;
    every.unit = RW_TEXT("learning", "rows");
    params.push_back(std::move(every));
    params.push_back(distancesParam(
        RW_TEXT("cluster",
                "Adds the column `distances`: each feature of the row less that of the centre nearest to it, "
                "as JSON. They are scaled where `scale` is `running`.")));
    for (ParamSpec& param : learningParamsWithout({"seed"}, clusterPorts(), 0))
        params.push_back(std::move(param));
    return params;
}

}  // namespace

NodeKind clusterKind() {
    NodeKind kind;
    kind.type = "cluster";
    kind.name = RW_TEXT("cluster", "Cluster");
    kind.palette = {{kind.name, RW_TEXT("cluster", "Rows that are alike"), "cluster"}};
    kind.ports = [](const Json& params) { return learningPorts(params, clusterPorts()); };
    Ports ports = kind.ports(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.params = clusterParams();
    kind.bind = bindCluster;
    kind.checkFiles = checkLearningFiles;
    kind.make = makeLearning;
    kind.takes = NodeRequest::ResetModel;
    return kind;
}

}  // namespace rw
