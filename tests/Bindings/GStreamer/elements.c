/* The elements of the plugin under GstHarness.
 *   elements GOLDEN VECTORS: the folders of the golden file and of the conformance vectors. GST_PLUGIN_PATH names the plugin's. */

#include "harness.h"

Golden golden;
const gchar* vectors;

int main(int argc, char** argv)
{
    gst_init(&argc, &argv);
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(argc, ==, 3);
    golden = golden_read(argv[1]);
    vectors = argv[2];
    add_decoder_tests();
    add_fault_tests();
    add_event_tests();
    add_encoder_tests();
    int result = g_test_run();
    golden_free(&golden);
    gst_deinit(); /* What is alive now is a leak: the tracer of leaks tells. */
    return result;
}
