#include "app/features.h"

#include "widgets/alerts/alerts_feature.h"
#include "widgets/canvas/difference/difference_split.h"
#include "widgets/checkpoints/checkpoints_feature.h"
#include "widgets/clusters/clusters_feature.h"
#include "widgets/connections/connections_feature.h"
#include "widgets/help/help_feature.h"
#include "widgets/lineage/lineage_feature.h"
#include "widgets/live_edits/live_edits_feature.h"
#include "widgets/locator/locator_feature.h"
#include "widgets/log/log_feature.h"
#include "widgets/pipeline_export/export_feature.h"
#include "widgets/pipeline_tests/tests_feature.h"
#include "widgets/publish/publish_feature.h"
#include "widgets/replay/replay_feature.h"
#include "widgets/results/results_feature.h"
#include "widgets/sample/sample_feature.h"
#include "widgets/servers/servers_feature.h"
#include "widgets/shortcuts/shortcuts_feature.h"
#include "widgets/sql/sql_feature.h"
#include "widgets/stepping/stepping_feature.h"
#include "widgets/timeline/timeline_feature.h"
#include "widgets/versions/versions_feature.h"
#include "widgets/what_if/what_if_feature.h"

namespace rw::ui {

namespace {

template <class F>
std::unique_ptr<Feature> make(const FeatureParts& parts) {
    return std::make_unique<F>(parts);
}

/// Rooms do not know each other: the picture of what differs is drawn by the canvas.
std::unique_ptr<Feature> makeVersions(const FeatureParts& parts) {
    return std::make_unique<VersionsFeature>(parts, newDifferenceCanvas);
}

}  // namespace

const std::vector<MakeFeature>& allFeatures() {
    /// A new feature adds a line.
    static const std::vector<MakeFeature> kFeatures{
        make<ExportFeature>,       //
        make<ResultsFeature>,      //
        make<SqlFeature>,          //
        make<LogFeature>,          //
        make<ClustersFeature>,     //
        make<ConnectionsFeature>,  //
        make<CheckpointsFeature>,  //
        make<LiveEditsFeature>,    //
        make<ReplayFeature>,       //
        make<SteppingFeature>,     //
        make<PublishFeature>,      //
        make<AlertsFeature>,       //
        make<ServersFeature>,      //
        make<SampleFeature>,       //
        make<LineageFeature>,      //
        make<TimelineFeature>,     //
        make<TestsFeature>,        //
        make<WhatIfFeature>,       //
        make<LocatorFeature>,      //
        make<HelpFeature>,         //
        make<ShortcutsFeature>,    //
        makeVersions,
    };
    return kFeatures;
}

std::vector<std::unique_ptr<Feature>> makeFeatures(const std::vector<MakeFeature>& features,
                                                   const FeatureParts& parts) {
    std::vector<std::unique_ptr<Feature>> made;
    for (const MakeFeature feature : features) made.push_back(feature(parts));
    return made;
}

}  // namespace rw::ui
