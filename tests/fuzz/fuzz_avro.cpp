// Messages of Avro: the first byte says of which schema they are, and whether they have a registry's head.
#include "core/connect/avro/avro_bytes.h"
#include "core/connect/avro/writer_schemas.h"
#include "tests/fuzz/fuzzing.h"

using namespace rw;

namespace {

const std::vector<std::shared_ptr<const AvroSchema>>& schemas() {
    static const auto kSchemas = [] {
        std::vector<std::shared_ptr<const AvroSchema>> all;
        for (
            const char* const json :
            {R"({"type":"record","name":"r","fields":[{"name":"a","type":["null","int","string"]},)"
             R"({"name":"b","type":"string"},)"
             R"({"name":"c","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":3}},)"
             R"({"name":"d","type":{"type":"map","values":{"type":"array","items":["null","double","r"]}}},)"
             R"({"name":"t","type":{"type":"long","logicalType":"timestamp-micros"}}]})",
             R"({"type":"record","name":"r","fields":[{"name":"d","type":["null",{"type":"array","items":"r"}]},)"
             R"({"name":"e","type":{"type":"enum","name":"e","symbols":["x","y"]}},{"name":"n","type":"null"},)"
             R"({"name":"f","type":{"type":"fixed","name":"f","size":2}},{"name":"b","type":"bytes"},)"
             R"({"name":"z","type":{"type":"array","items":"null"}},{"name":"a","type":"long"}]})"})
            all.push_back(std::make_shared<const AvroSchema>(*AvroSchema::parse(json)));
        return all;
    }();
    return kSchemas;
}

std::shared_ptr<const WriterSchemas> registered() {
    static const auto kKnown = [] {
        auto known = std::make_shared<WriterSchemas>();
        for (std::uint32_t id = 0; id < schemas().size(); ++id) known->add(id, {schemas()[id], {}});
        known->add(7, {nullptr, RW_TEXT("test", "There is none.")});
        return known;
    }();
    return kKnown;
}

std::string longs(std::initializer_list<std::int64_t> values) {
    std::string out;
    for (const std::int64_t value : values) appendAvroLong(out, value);
    return out;
}

}  // namespace

std::vector<std::string> rw::fuzz::seeds() {
    const std::string first = longs({1, 7, 1}) + "x" + longs({2}) + "\x04\xd2" + longs({1, 1}) + "k" +
                              longs({2, 0, 1}) + std::string(8, '\x40') +
                              longs({0, 0, 1'709'294'400'123'456});
    const std::string second = longs({0, 1}) + "ff" + longs({3}) + "abc" + longs({4, 0, 5});
    const std::string head(3, '\0');
    return {std::string("\0", 1) + first + kEnd + first, "\x01" + second + kEnd + second.substr(1),
            "\x02" + std::string(5, '\0') + first + kEnd + std::string(4, '\0') + "\x01" + second + kEnd +
                head + std::string("\0\x07", 2)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const MessageFormat kFormat =
        fuzz::formatWith(FormatKind::Avro,
                         {"a INT", "b STRING", "k STRING FROM KEY", "c DECIMAL(10,2)", "d STRING", "e STRING",
                          "t STRING", "deep DOUBLE FROM '$.d.k[1]'", "far STRING FROM '$.d[0].e'"});
    if (size == 0) return 0;
    MessageFormat format = kFormat;
    const unsigned how = bytes[0];
    if ((how & 2U) != 0) {
        format.registry = "registry";
    } else {
        format.avro = schemas()[how & 1U];
    }
    fuzz::decodeAll(format, {reinterpret_cast<const char*>(bytes) + 1, size - 1}, registered());
    return 0;
}
