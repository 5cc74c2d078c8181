// The names of the users and items of one model of ratings, and who has rated what.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/learn/learning_output.h"

namespace rw {

/// Names in the order in which they came, and their numbers.
class NumberedNames {
 public:
    static constexpr std::size_t kMost = 10'000'000;

    /// size(): there is none of this name.
    std::size_t find(std::string_view name) const;
    std::size_t add(std::string_view name);
    const std::string& name(std::size_t number) const { return m_names[number]; }
    std::size_t size() const { return m_names.size(); }
    void visit(std::string_view field, learn::ModelFields& fields);
    std::size_t memoryBytes() const { return m_bytes; }

 private:
    std::vector<std::string> m_names{};
    std::unordered_map<std::string, std::size_t> m_numbers{};
    std::size_t m_bytes = 0;
};

class TasteNotes final : public learn::KeyNotes {
 public:
    NumberedNames users{}, items{};

    void rate(std::size_t user, std::size_t item);
    bool hasRated(std::size_t user, std::size_t item) const;

    void visit(learn::ModelFields& fields) override;
    std::size_t memoryBytes() const override;

 private:
    std::vector<std::vector<std::uint32_t>> m_rated{};  ///< by user: items, in ascending order
    std::size_t m_ratings = 0;
};

}  // namespace rw
