// The fields of models as JSON: by the same description as those of a checkpoint (model_fields.h).
//
// A number is the shortest decimal that reads back as the same double. Fields are finite, so JSON can hold
// each of them.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/learn/models/model_fields.h"

namespace rw::learn {

/// Appends the shortest text that reads back as this finite number.
void appendNumber(std::string& out, double value);
/// Appends `text` in quotation marks. Invalid UTF-8 becomes U+FFFD.
void appendJsonText(std::string& out, std::string_view text);

/// Appends each field as a member of an object.
class FieldsToJson final : public ModelFields {
 public:
    /// Of the object that follows `out`; closed by end().
    explicit FieldsToJson(std::string& out) : m_out(out) { m_out += '{'; }
    void end() { m_out += '}'; }

    void number(std::string_view name, double& value) override;
    void count(std::string_view name, std::uint64_t& value) override;
    void numbers(std::string_view name, std::vector<double>& values) override;
    void list(std::string_view name, std::vector<double>& values, std::size_t) override {
        numbers(name, values);
    }
    void texts(std::string_view name, std::vector<std::string>& values, std::size_t most) override;
    bool reads() const override { return false; }
    void broken(std::string_view) override {}

 private:
    void begin(std::string_view name);

    std::string& m_out;
    bool m_first = true;
};

/// The members of a JSON object, each as the text of its value. The text outlives them.
using JsonMembers = std::map<std::string, std::string_view, std::less<>>;
/// An error where the text is no object, or has a member twice.
Result<JsonMembers> membersOf(std::string_view object);
/// The whole number from 0 that the field `name` has as its text.
Result<std::uint64_t> wholeNumber(std::string_view name, std::string_view text);

/// Reads fields from an object. What it takes in memory, the text has paid for with its own bytes.
class FieldsFromJson final : public ModelFields {
 public:
    explicit FieldsFromJson(std::string_view object);
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
    /// The text of a field; empty after an error.
    std::string_view textOf(std::string_view name);
    void fail(Text message);

    JsonMembers m_members{};
    Status m_status{};
};

}  // namespace rw::learn
