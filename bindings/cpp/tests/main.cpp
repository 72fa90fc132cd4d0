// tests FOLDER: runs the tests of the C++ headers, with exceptions and without them in one program, on FOLDER/golden.lac.

#include "check.hpp"

#include <fstream>
#include <iterator>

namespace {

Golden read(const std::string& folder)
{
    Golden golden;
    std::ifstream stream(folder + "/golden.lac", std::ios::binary);
    golden.stream.assign(std::istreambuf_iterator<char>(stream), {});
    CHECK(!golden.stream.empty());

    std::ifstream text(folder + "/golden.txt");
    for (std::string name, value; text >> name >> value;) {
        if (name == "width") {
            golden.width = std::stoi(value);
        } else if (name == "height") {
            golden.height = std::stoi(value);
        } else if (name == "crc32c") {
            golden.check = static_cast<std::uint32_t>(std::stoul(value, nullptr, 16));
        }
    }

    return golden;
}

} // namespace

int main(int argc, char** argv)
{
    CHECK(argc == 2);
    const Golden golden = read(argv[1]);
    test_exceptions(golden);
    test_callbacks(golden);
    test_coding();
    test_sampling();
    test_results(golden);
    std::puts("done");
}
