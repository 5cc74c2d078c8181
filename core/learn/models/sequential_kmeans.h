// Sequential k-means: each row moves the centre that is nearest to it.
//
// J. MacQueen, “Some methods for classification and analysis of multivariate observations”, 5th Berkeley
// Symposium (1967); with a radius instead of a number of clusters, the leader algorithm of J. A. Hartigan,
// “Clustering Algorithms” (1975), chapter 3.
#pragma once
#include <vector>

#include "core/learn/models/model.h"

namespace rw::learn {

struct KMeansOptions {
    std::size_t features = 1;
    std::size_t clusters = 5;  ///< at most
    /// Only a row that is farther from all centres begins a cluster. 0: the first rows that differ do, each.
    double radius = 0;
    /// A centre moves by this share of its distance to the row, and by 1 / rows while those are few (over 0
    /// to 1). River calls it halflife.
    double rate = 0.01;
    /// Where the centres start, `features` numbers each, instead of at rows; they then move by `rate` from
    /// the first row on. To compare with centres of others.
    std::vector<double> centres{};
};

/// Outputs: the number of the row's cluster, counted from 0 in the order of their first rows, and the
/// distance to the centre that is nearest, before the row moves it. A row that begins a cluster has that
/// cluster's number, and the distance is unknown for the first. Model::explain(): the features less those of
/// the nearest centre.
ModelFactoryRef sequentialKMeans(const KMeansOptions& options);

/// Centres of a model that sequentialKMeans() made, and how many rows each has.
struct Centres {
    std::vector<double> places{};  ///< `features` numbers each
    std::vector<double> rows{};
};
Centres centresOf(const Model& model);

}  // namespace rw::learn
