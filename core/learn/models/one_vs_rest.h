// Linear models of classes: one line for two classes, or one for each class against the others.
//
// The outputs of each line are made probabilities by the logistic function; of several lines they are divided
// by their sum (River's OneVsRestClassifier). A class begins, from the prior, with its first row.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/learn/models/model.h"

namespace rw::learn {

/// Gradient of the logarithmic loss of a line's output, for a row that is of its class or not.
inline double logGradient(double output, bool isClass) {
    return isClass ? -1 / (std::exp(output) + 1) : 1 / (std::exp(-output) + 1);
}

/// Adds a line: its weights are first among its values, its intercept is the last.
inline void addLine(std::span<const double> line, std::size_t features, LinearForm& form) {
    form.weights.insert(form.weights.end(), line.begin(),
                        line.begin() + static_cast<std::ptrdiff_t>(features));
    form.intercepts.push_back(line.back());
}

/// `Line` has begin(Options) and, over `size(Options)` doubles, output(), learn(gradient).
template <class Line>
class OneVsRest final : public Model {
 public:
    explicit OneVsRest(const typename Line::Options& options) : m_options(options) {
        if (options.classes <= 2) addLine();
    }

    void score(const Example& row, std::span<double> outputs) const override {
        std::fill(outputs.begin(), outputs.end(), kUnknown);
        if (m_options.classes <= 2) {
            const double second = probability(0, row);
            outputs[0] = 1 - second;
            if (outputs.size() > 1) outputs[1] = second;
            return;
        }
        double sum = 0;
        for (std::size_t i = 0; i < m_lines; ++i) sum += outputs[i] = probability(i, row);
        for (std::size_t i = 0; i < m_lines; ++i)
            outputs[i] = sum > 0 ? outputs[i] / sum : 1 / static_cast<double>(m_lines);
    }

    void learn(const Example& row) override {
        if (!(row.target >= 0 && row.target < static_cast<double>(m_options.classes))) return;
        const auto ofClass = static_cast<std::size_t>(row.target);
        if (m_options.classes <= 2) return learnLine(0, row, ofClass == 1);
        while (m_lines <= ofClass) addLine();
        for (std::size_t i = 0; i < m_lines; ++i) learnLine(i, row, i == ofClass);
    }

    void visit(ModelFields& fields) override {
        fields.count("lines", m_lines);
        fields.list("values", m_values, std::max<std::size_t>(m_options.classes, 1) * Line::size(m_options));
        const bool wrong = m_options.classes <= 2 ? m_lines != 1 : m_lines > m_options.classes;
        if (fields.reads() && (wrong || m_values.size() != m_lines * Line::size(m_options)))
            fields.broken("lines of classes");
    }

    std::size_t memoryBytes() const override { return sizeof *this + m_values.capacity() * sizeof(double); }

    std::optional<LinearForm> linear() const override {
        LinearForm form;
        const std::size_t size = Line::size(m_options);
        for (std::size_t i = 0; i < m_lines; ++i)
            learn::addLine(std::span<const double>(m_values).subspan(i * size, size), m_options.features,
                           form);
        return form;
    }

 private:
    void addLine() {
        ++m_lines;
        m_values.resize(m_lines * Line::size(m_options));
        Line::begin(m_options, line(m_lines - 1));
    }
    std::span<double> line(std::size_t i) {
        return std::span<double>(m_values).subspan(i * Line::size(m_options), Line::size(m_options));
    }
    double output(std::size_t i, const Example& row) const {
        const std::size_t size = Line::size(m_options);
        return Line::output(m_options, std::span<const double>(m_values).subspan(i * size, size),
                            row.features);
    }
    double probability(std::size_t i, const Example& row) const {
        return 1 / (1 + std::exp(-output(i, row)));
    }
    void learnLine(std::size_t i, const Example& row, bool isClass) {
        const double found = output(i, row);
        if (std::isnan(found)) return;  // beyond what a double holds
        Line::learn(m_options, line(i), row.features, logGradient(found, isClass) * row.weight);
    }

    const typename Line::Options m_options;
    std::uint64_t m_lines = 0;
    std::vector<double> m_values{};  ///< line by line
};

/// One line whose output is the number itself; the loss is the squared error.
template <class Line>
class OneLine final : public Model {
 public:
    explicit OneLine(const typename Line::Options& options)
        : m_options(options), m_values(Line::size(options)) {
        Line::begin(m_options, m_values);
    }
    void score(const Example& row, std::span<double> outputs) const override {
        const double found = Line::output(m_options, m_values, row.features);
        outputs[0] = std::isfinite(found) ? found : kUnknown;
    }
    void learn(const Example& row) override {
        if (std::isnan(row.target)) return;
        const double gradient = 2 * (Line::output(m_options, m_values, row.features) - row.target);
        if (!std::isnan(gradient)) Line::learn(m_options, m_values, row.features, gradient * row.weight);
    }
    void visit(ModelFields& fields) override { fields.numbers("values", m_values); }
    std::size_t memoryBytes() const override { return sizeof *this + m_values.capacity() * sizeof(double); }
    std::optional<LinearForm> linear() const override {
        LinearForm form;
        learn::addLine(m_values, m_options.features, form);
        return form;
    }

 private:
    const typename Line::Options m_options;
    std::vector<double> m_values;
};

/// Sets `value` where that is finite.
inline void setFinite(double& value, double to) {
    if (std::isfinite(to)) value = to;
}

}  // namespace rw::learn
