// Models that are computed here, without a library: tiles of rows, raw numbers, and the link function that
// makes probabilities of them.
#pragma once
#include <vector>

#include "core/score/model.h"

namespace rw::score {

/// From raw numbers to what the model gives.
enum class Link {
    Identity,   ///< as they are; of a classifier with a number per class these are the probabilities
    Logistic,   ///< 1 / (1 + e^−r) of one number: the probability of the second of two classes
    Softmax,    ///< e^r of each class, divided by their sum
    OneVsRest,  ///< the logistic function of each class, divided by their sum
    Exp         ///< e^r, for counts and amounts
};

/// Rows of a tile, at most. The results do not depend on it: a row is computed by itself.
inline constexpr std::size_t kMostTileRows = 512;

/// Some rows in the order of their inputs: row r begins at values[r × inputs].
struct Tile {
    std::vector<double> values{};
    std::size_t rows = 0;
};

class OwnModel : public Model {
 public:
    /// `raws`: how many raw numbers a row has. `floats`: links are computed with 32 bits.
    OwnModel(ModelHead head, Link link, std::size_t raws, bool floats);

    Status score(const Features& features, std::span<const std::size_t> outputs,
                 std::vector<ColumnRef>& columns) const final;
    void contributions(const Features& features, Contributions& out) const final;

    Link link() const { return m_link; }
    std::size_t raws() const { return m_raws; }
    /// Whether links are computed with 32 bits.
    bool floats() const { return m_floats; }

 protected:
    /// Sets raw[r × raws() + k] of the rows of the tile.
    virtual void raw(const Tile& tile, std::vector<double>& raw) const = 0;
    /// Adds to parts[0], the bias, and parts[1 + i] of each input what they add to raw number `number`.
    virtual void explainRow(const double* row, std::size_t number, double* parts) const = 0;

 private:
    void fill(const Features& features, std::size_t from, Tile& tile) const;
    /// Of the raw numbers of one row: probabilities, or the value.
    void apply(const double* raw, double* linked) const;
    /// How many numbers apply() gives.
    std::size_t linkedSize() const { return m_link == Link::Logistic ? 2 : m_raws; }
    std::size_t bestClass(const double* raw, const double* linked) const;

    const Link m_link;
    const std::size_t m_tileRows;  ///< as many as fit into the cache of a processor
    const std::size_t m_raws;
    const bool m_floats;
};

}  // namespace rw::score
