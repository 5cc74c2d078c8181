// The features that there are, see widgets/pane/feature.h.
#pragma once
#include <memory>
#include <vector>

#include "widgets/pane/feature.h"

namespace rw::ui {

using MakeFeature = std::unique_ptr<Feature> (*)(const FeatureParts&);

/// One function a feature, in the order in which their parts stand.
const std::vector<MakeFeature>& allFeatures();

std::vector<std::unique_ptr<Feature>> makeFeatures(const std::vector<MakeFeature>& features,
                                                   const FeatureParts& parts);

}  // namespace rw::ui
