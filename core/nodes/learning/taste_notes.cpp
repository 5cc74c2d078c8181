#include "core/nodes/learning/taste_notes.h"

#include <algorithm>

namespace rw {

std::size_t NumberedNames::find(std::string_view name) const {
    const auto found = m_numbers.find(std::string(name));
    return found == m_numbers.end() ? size() : found->second;
}

std::size_t NumberedNames::add(std::string_view name) {
    constexpr std::size_t kNode = 64;  // of the map
    const auto [found, added] = m_numbers.emplace(name, size());
    if (added) {
        m_names.emplace_back(name);
        m_bytes += 2 * (sizeof(std::string) + name.size()) + kNode;
    }
    return found->second;
}

void NumberedNames::visit(std::string_view field, learn::ModelFields& fields) {
    std::vector<std::string> names = m_names;
    fields.texts(field, names, kMost);
    if (!fields.reads()) return;
    *this = NumberedNames();
    for (const std::string& name : names) add(name);
    if (size() != names.size()) fields.broken("names of users or items");
}

void TasteNotes::rate(std::size_t user, std::size_t item) {
    if (m_rated.size() <= user) m_rated.resize(user + 1);
    std::vector<std::uint32_t>& rated = m_rated[user];
    const auto number = static_cast<std::uint32_t>(item);
    const auto place = std::lower_bound(rated.begin(), rated.end(), number);
    if (place != rated.end() && *place == number) return;
    rated.insert(place, number);
    ++m_ratings;
}

bool TasteNotes::hasRated(std::size_t user, std::size_t item) const {
    return user < m_rated.size() &&
           std::binary_search(m_rated[user].begin(), m_rated[user].end(), static_cast<std::uint32_t>(item));
}

void TasteNotes::visit(learn::ModelFields& fields) {
    constexpr std::size_t kMostRatings = std::size_t{1} << 28U;
    users.visit("users", fields);
    items.visit("items", fields);
    std::vector<double> counts, rated;
    for (const std::vector<std::uint32_t>& of : m_rated) {
        counts.push_back(static_cast<double>(of.size()));
        rated.insert(rated.end(), of.begin(), of.end());
    }
    fields.list("rated_counts", counts, NumberedNames::kMost);
    fields.list("rated", rated, kMostRatings);
    if (!fields.reads()) return;
    m_rated.clear();
    m_ratings = 0;
    std::size_t next = 0;
    for (const double count : counts) {
        if (!(count >= 0 && count <= static_cast<double>(rated.size() - next)) ||
            m_rated.size() >= users.size())
            return fields.broken("ratings of a user");
        const std::size_t user = m_rated.size();
        m_rated.emplace_back();
        for (const std::size_t end = next + static_cast<std::size_t>(count); next < end; ++next) {
            if (!(rated[next] >= 0 && rated[next] < static_cast<double>(items.size())))
                return fields.broken("item that a user has rated");
            rate(user, static_cast<std::size_t>(rated[next]));
        }
    }
    if (next != rated.size()) fields.broken("ratings of users");
}

std::size_t TasteNotes::memoryBytes() const {
    return sizeof *this + users.memoryBytes() + items.memoryBytes() +
           m_rated.size() * sizeof(std::vector<std::uint32_t>) + 2 * m_ratings * sizeof(std::uint32_t);
}

}  // namespace rw
