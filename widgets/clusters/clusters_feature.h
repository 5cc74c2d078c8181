// Clusters as a feature of the window: what becomes of the pipeline there (Portability, Compare), its jobs
// (Jobs), and the commands that deploy it and end it.
#pragma once
#include "widgets/clusters/compare_session.h"
#include "widgets/clusters/job_list.h"
#include "widgets/clusters/job_news.h"
#include "widgets/pane/feature.h"

namespace rw::ui {

class ClusterCommands;

class ClustersFeature final : public Feature {
 public:
    explicit ClustersFeature(const FeatureParts& parts);

    const char* id() const override { return "cluster"; }
    std::vector<Pane*> panels() override;
    void addActions(ActionRegistry& registry) override;
    std::vector<PreferencesPage*> preferencesPages() override;
    RunElsewhere* runElsewhere() override;
    void retranslate() override;
    void closing() override;

 private:
    const FeatureParts m_parts;
    JobList m_jobs;
    CompareSession m_compare;
    JobNews m_news;
    ClusterCommands* m_commands;  ///< of the window, as its actions are
};

}  // namespace rw::ui
