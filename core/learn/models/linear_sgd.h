// Linear and logistic regression, learnt by stochastic gradient descent.
//
// L. Bottou, “Large-Scale Machine Learning with Stochastic Gradient Descent” (2010); River's LinearRegression
// and LogisticRegression with optim.SGD. Features of very different sizes should be scaled.
#pragma once
#include "core/learn/models/known_models.h"

namespace rw::learn {

/// Options: `learning_rate` (0.01), `intercept_rate` (0.01), `l2` (0). Output: the number.
ModelFactoryRef linearSgd(std::size_t features, const ModelOptions& options);
/// The same, and `classes`, how many there may be (2). Outputs: their probabilities, unknown for classes that
/// have not begun.
ModelFactoryRef logisticSgd(std::size_t features, const ModelOptions& options);

}  // namespace rw::learn
