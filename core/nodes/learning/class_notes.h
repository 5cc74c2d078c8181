// What classify remembers of a key besides its model: the names of the classes, and how well they were
// predicted.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/learn/learning_output.h"

namespace rw {

class ClassNotes final : public learn::KeyNotes {
 public:
    /// Of the last rows: the older ones count less and less, half after `halfLife` rows.
    ClassNotes(std::size_t mostClasses, double halfLife);

    /// The number of a class, in the order in which they first came; nothing, when there are too many.
    std::optional<std::size_t> numberOf(std::string_view name);
    const std::vector<std::string>& classes() const { return m_classes; }
    /// The class with the largest of these probabilities; of equal ones the first; nothing: none is known.
    std::optional<std::size_t> likeliest(std::span<const double> probabilities) const;

    /// The class that most of the counted rows were of; of equal ones the first.
    std::size_t commonest() const;
    /// A row of class `actual` had been given these.
    void count(std::size_t actual, std::size_t predicted, std::span<const double> probabilities);
    std::uint64_t counted() const { return m_counted; }
    double accuracy() const { return m_right / m_weight; }
    double logLoss() const { return m_loss / m_weight; }
    /// Area under the ROC curve, by the probabilities of the second of two classes in 32 steps; kUnknown,
    /// when there are others, or no rows of one of them.
    double areaUnderCurve() const;
    /// Rows of class `actual` that were taken for `predicted`.
    std::uint64_t confused(std::size_t actual, std::size_t predicted) const;

    const std::vector<std::string>* classNames() const override { return &m_classes; }
    void visit(learn::ModelFields& fields) override;
    std::size_t memoryBytes() const override;

 private:
    void sumUp();

    const std::size_t m_mostClasses;
    const double m_fading;
    std::vector<std::string> m_classes{};
    std::uint64_t m_counted = 0;
    double m_weight = 0, m_right = 0, m_loss = 0;  ///< fading
    std::vector<double> m_steps{};                 ///< fading: of the first class, then of the second
    std::vector<double> m_confused{};              ///< by actual class, in rows of m_mostClasses
    std::vector<double> m_rowsOf{};                ///< sums of the rows of m_confused
};

}  // namespace rw
