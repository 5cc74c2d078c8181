// The fields of a model by their names: one description, written to checkpoints and JSON and read back.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rw::learn {

/// Visits each field of a model: a writer reads the values, a reader sets them. A reader that meets a value
/// of another type, a missing field, or a size that is not allowed keeps the first error, and leaves the
/// field as it is.
class ModelFields {
 public:
    virtual ~ModelFields() = default;
    virtual void number(std::string_view name, double& value) = 0;
    virtual void count(std::string_view name, std::uint64_t& value) = 0;
    /// A list whose length is fixed by the model's options: reading keeps its length.
    virtual void numbers(std::string_view name, std::vector<double>& values) = 0;
    /// A list of at most `most` values.
    virtual void list(std::string_view name, std::vector<double>& values, std::size_t most) = 0;
    /// A list of at most `most` texts.
    virtual void texts(std::string_view name, std::vector<std::string>& values, std::size_t most) = 0;
    /// Whether values are set. A model whose fields depend on each other checks them then.
    virtual bool reads() const = 0;
    /// A reader's model tells that what was read contradicts itself; `what` names it, for a developer.
    virtual void broken(std::string_view what) = 0;
};

}  // namespace rw::learn
