// Linear and logistic regression by FTRL-proximal: each weight has a learning rate of its own, and stays zero
// until its feature matters.
//
// H. B. McMahan and others, “Ad Click Prediction: a View from the Trenches” (KDD 2013), algorithm 1; the
// intercept is learnt by gradient descent, as River does.
#pragma once
#include "core/learn/models/known_models.h"

namespace rw::learn {

/// Options: `alpha` (0.05), `beta` (1), `l1` (0), `l2` (1), `intercept_rate` (0.01); `lagged`: weights are
/// those of the row before, and are never set back to zero, as River 0.26 has them. Output: the number.
ModelFactoryRef ftrlLinear(std::size_t features, const ModelOptions& options);
/// The same, and `classes`, as logisticSgd().
ModelFactoryRef ftrlLogistic(std::size_t features, const ModelOptions& options);

}  // namespace rw::learn
