// IN with a list of literals: one look-up a row instead of one comparison a value.
#include <algorithm>

#include "core/sql/eval/kernels.h"
#include "core/sql/functions/cuckoo_set.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/short_text.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// A list of INT, BIGINT, DATE or TIMESTAMP, by their numbers.
struct IntegerList {
    CuckooSet<std::int64_t> values;
    bool hasNull;
};

/// A list of STRING.
struct TextList {
    CuckooSet<ShortText> shortOnes;
    std::vector<std::string> longOnes;  ///< sorted by sizeThenBytes()
    bool hasNull;
};

/// Texts mostly differ in size, which is seen without looking at their bytes.
bool sizeThenBytes(std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::shared_ptr<const void> integerList(std::span<const ArgInfo> list) {
    std::vector<std::int64_t> values;
    for (const ArgInfo& item : list) {
        if (const auto* const narrow = std::get_if<std::int32_t>(item.literal)) values.push_back(*narrow);
        if (const auto* const wide = std::get_if<std::int64_t>(item.literal)) values.push_back(*wide);
    }
    const bool hasNull = values.size() < list.size();
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return std::make_shared<const IntegerList>(
        IntegerList{CuckooSet<std::int64_t>(values, values.front()), hasNull});
}

std::shared_ptr<const void> textList(std::span<const ArgInfo> list) {
    std::vector<std::string> values;
    for (const ArgInfo& item : list) {
        if (const auto* const text = std::get_if<std::string>(item.literal)) values.push_back(*text);
    }
    const bool hasNull = values.size() < list.size();
    std::sort(values.begin(), values.end(), sizeThenBytes);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    const auto longOnes = std::find_if(values.begin(), values.end(), [](const std::string& text) {
        return text.size() > StringRef::kInline;
    });
    std::vector<ShortText> shortOnes;
    for (auto text = values.begin(); text != longOnes; ++text) shortOnes.emplace_back(StringRef(*text));
    values.erase(values.begin(), longOnes);
    return std::make_shared<const TextList>(
        TextList{CuckooSet<ShortText>(shortOnes, ShortText()), std::move(values), hasNull});
}

/// For lists that the binder found to be literals of the first argument's type, narrower, or NULL, and one of
/// them not NULL.
Parsed<Resolved> resolveSet(std::span<const ArgInfo> args, std::string_view) {
    const Type type = args[0].type;
    const auto list = args.subspan(1);
    return Resolved{booleanType(), std::vector<Type>(args.size(), type),
                    type.is(TypeId::String) ? textList(list) : integerList(list)};
}

/// find(In): whether the value is one of the list, of which `hasNull` says whether NULL is.
template <class In, class Find>
Vector lookUp(const CallArgs& call, bool hasNull, const Find& find) {
    const CallArgs value{call.args.first(1), call.rows, call.call, call.context, call.work};
    if (!hasNull) return map<bool, In>(value, find);
    return mapNullable<bool, In>(value, [&find](bool& out, const In& in) {
        out = find(in);
        return out;  // not among them, but perhaps the same as NULL
    });
}

template <class In>
Vector lookUpIntegers(const CallArgs& call) {
    const auto& list = *static_cast<const IntegerList*>(call.call.prepared.get());
    return lookUp<In>(call, list.hasNull, [find = list.values.finder()](In in) { return find(in); });
}

Vector lookUpTexts(const CallArgs& call) {
    const auto& list = *static_cast<const TextList*>(call.call.prepared.get());
    const auto find = list.shortOnes.finder();
    if (list.longOnes.empty()) {
        return lookUp<StringRef>(call, list.hasNull,
                                 [find](const StringRef& in) { return find(ShortText(in)); });
    }
    return lookUp<StringRef>(call, list.hasNull, [find, &longOnes = list.longOnes](const StringRef& in) {
        if (in.isInline()) return find(ShortText(in));
        return std::binary_search(longOnes.begin(), longOnes.end(), in.view(), sizeThenBytes);
    });
}

Vector evaluateSet(const CallArgs& call) {
    const TypeId type = call.args[0].column->type().id;
    if (type == TypeId::String) return lookUpTexts(call);
    return widthOf(type) == sizeof(std::int32_t) ? lookUpIntegers<std::int32_t>(call)
                                                 : lookUpIntegers<std::int64_t>(call);
}

}  // namespace

void addLiteralSet(std::vector<ScalarFunction>& functions) {
    functions.push_back({"IN", "a IN (x, y, …)", RW_TEXT("sql", "Whether a is one of the values."),
                         "operator", 2, -1, resolveSet, evaluateSet});
}

}  // namespace rw::sql
