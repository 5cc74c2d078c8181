#include "core/nodes/learning/class_notes.h"

#include <algorithm>
#include <cmath>

namespace rw {

namespace {

constexpr std::size_t kSteps = 32;

}  // namespace

ClassNotes::ClassNotes(std::size_t mostClasses, double halfLife)
    : m_mostClasses(mostClasses), m_fading(std::exp2(-1 / halfLife)) {}

std::optional<std::size_t> ClassNotes::numberOf(std::string_view name) {
    const auto found = std::find(m_classes.begin(), m_classes.end(), name);
    if (found != m_classes.end()) return static_cast<std::size_t>(found - m_classes.begin());
    if (m_classes.size() == m_mostClasses) return std::nullopt;
    m_classes.emplace_back(name);
    return m_classes.size() - 1;
}

std::optional<std::size_t> ClassNotes::likeliest(std::span<const double> probabilities) const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < std::min(probabilities.size(), m_classes.size()); ++i) {
        if (std::isnan(probabilities[i])) continue;
        if (!best || probabilities[i] > probabilities[*best]) best = i;
    }
    return best;
}

std::size_t ClassNotes::commonest() const {
    const auto most = std::max_element(m_rowsOf.begin(), m_rowsOf.end());
    return most == m_rowsOf.end() ? 0 : static_cast<std::size_t>(most - m_rowsOf.begin());
}

void ClassNotes::sumUp() {
    m_rowsOf.assign(m_confused.size() / m_mostClasses, 0);
    for (std::size_t i = 0; i < m_confused.size(); ++i) m_rowsOf[i / m_mostClasses] += m_confused[i];
}

void ClassNotes::count(std::size_t actual, std::size_t predicted, std::span<const double> probabilities) {
    constexpr double kLeast = 1e-15;  // a probability of 0 would be an infinite loss
    const double given = std::isnan(probabilities[actual]) ? 0 : probabilities[actual];
    ++m_counted;
    m_weight = m_weight * m_fading + 1;
    m_right = m_right * m_fading + (actual == predicted ? 1 : 0);
    m_loss = m_loss * m_fading - std::log(std::max(given, kLeast));
    m_confused.resize(m_classes.size() * m_mostClasses);
    ++m_confused[actual * m_mostClasses + predicted];
    m_rowsOf.resize(m_classes.size());
    ++m_rowsOf[actual];
    if (actual > 1 || std::isnan(probabilities[1])) return;
    m_steps.resize(2 * kSteps);
    for (double& step : m_steps) step *= m_fading;
    const auto step = static_cast<std::size_t>(std::clamp(probabilities[1], 0.0, 1.0) * kSteps);
    ++m_steps[actual * kSteps + std::min(step, kSteps - 1)];
}

double ClassNotes::areaUnderCurve() const {
    if (m_classes.size() != 2 || m_steps.empty()) return learn::kUnknown;
    double first = 0, second = 0, above = 0;
    for (std::size_t i = 0; i < kSteps; ++i) {
        above += m_steps[kSteps + i] * (first + m_steps[i] / 2);  // pairs that are in the right order
        first += m_steps[i];
        second += m_steps[kSteps + i];
    }
    return first > 0 && second > 0 ? above / (first * second) : learn::kUnknown;
}

std::uint64_t ClassNotes::confused(std::size_t actual, std::size_t predicted) const {
    const std::size_t at = actual * m_mostClasses + predicted;
    return at < m_confused.size() ? static_cast<std::uint64_t>(m_confused[at]) : 0;
}

void ClassNotes::visit(learn::ModelFields& fields) {
    fields.texts("classes", m_classes, m_mostClasses);
    fields.count("counted", m_counted);
    fields.number("weight", m_weight);
    fields.number("right", m_right);
    fields.number("loss", m_loss);
    fields.list("steps", m_steps, 2 * kSteps);
    fields.list("confused", m_confused, m_mostClasses * m_mostClasses);
    if (!fields.reads()) return;
    const auto wrong = [](double value) { return value < 0 || value > 1e18; };
    if ((!m_steps.empty() && m_steps.size() != 2 * kSteps) || m_confused.size() % m_mostClasses != 0 ||
        m_confused.size() > m_classes.size() * m_mostClasses ||
        std::any_of(m_confused.begin(), m_confused.end(), wrong) || wrong(m_weight)) {
        fields.broken("counts of classes");
        return;
    }
    sumUp();
}

std::size_t ClassNotes::memoryBytes() const {
    std::size_t bytes =
        sizeof *this + (m_steps.capacity() + m_confused.capacity() + m_rowsOf.capacity()) * sizeof(double);
    for (const std::string& name : m_classes) bytes += sizeof name + name.capacity();
    return bytes;
}

}  // namespace rw
