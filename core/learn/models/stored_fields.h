// The fields of models as bytes of a state.
#pragma once
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/learn/models/model_fields.h"

namespace rw::learn {

/// Writes each field into the record that is being written.
class FieldsToState final : public ModelFields {
 public:
    explicit FieldsToState(StateWriter& out) : m_out(out) {}
    void number(std::string_view name, double& value) override { m_out.f64(name, value); }
    void count(std::string_view name, std::uint64_t& value) override { m_out.u64(name, value); }
    void numbers(std::string_view name, std::vector<double>& values) override;
    void list(std::string_view name, std::vector<double>& values, std::size_t) override {
        numbers(name, values);
    }
    void texts(std::string_view name, std::vector<std::string>& values, std::size_t most) override;
    bool reads() const override { return false; }
    void broken(std::string_view) override {}

 private:
    StateWriter& m_out;
};

/// Reads them from a record.
class FieldsFromState final : public ModelFields {
 public:
    explicit FieldsFromState(const StateReader& state) : m_state(state) {}
    void number(std::string_view name, double& value) override;
    void count(std::string_view name, std::uint64_t& value) override;
    void numbers(std::string_view name, std::vector<double>& values) override;
    void list(std::string_view name, std::vector<double>& values, std::size_t most) override;
    void texts(std::string_view name, std::vector<std::string>& values, std::size_t most) override;
    bool reads() const override { return true; }
    void broken(std::string_view what) override;
    /// The first error, or none.
    const Status& status() const { return m_status; }

 private:
    /// The bytes of a field; nothing after an error.
    std::string_view bytes(std::string_view name);

    const StateReader& m_state;
    Status m_status{};
};

}  // namespace rw::learn
