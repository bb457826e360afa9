# -*- coding: utf-8 -*-
# A made-up service in the layout of the official package.
from typing import Dict
from Tea.core import TeaCore

from alibabacloud_tea_openapi.client import Client as OpenApiClient
from alibabacloud_tea_openapi import models as open_api_models
from alibabacloud_tea_util.client import Client as UtilClient
from alibabacloud_dingtalk.alpha_1_0 import models as dingtalkalpha__1__0_models
from alibabacloud_tea_util import models as util_models
from alibabacloud_openapi_util.client import Client as OpenApiUtilClient


class Client(OpenApiClient):
    """
    *\
    """
    def __init__(
        self,
        config: open_api_models.Config,
    ):
        super().__init__(config)
        self._endpoint_rule = ''
        if UtilClient.empty(self._endpoint):
            self._endpoint = 'api.example.com'

    def show_types_with_options(
        self,
        request: dingtalkalpha__1__0_models.ShowTypesRequest,
        headers: dingtalkalpha__1__0_models.ShowTypesHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.ShowTypesResponse:
        """
        @summary made up
        
        @return: ShowTypesResponse
        """
        UtilClient.validate_model(request)
        body = {}
        if not UtilClient.is_unset(request.address):
            body['address'] = request.address
        if not UtilClient.is_unset(request.anything):
            body['anything'] = request.anything
        if not UtilClient.is_unset(request.bytes):
            body['bytes'] = request.bytes
        if not UtilClient.is_unset(request.count):
            body['count'] = request.count
        if not UtilClient.is_unset(request.flags):
            body['flags'] = request.flags
        if not UtilClient.is_unset(request.free):
            body['free'] = request.free
        if not UtilClient.is_unset(request.groups):
            body['groups'] = request.groups
        if not UtilClient.is_unset(request.labels):
            body['labels'] = request.labels
        if not UtilClient.is_unset(request.levels):
            body['levels'] = request.levels
        if not UtilClient.is_unset(request.notes):
            body['notes'] = request.notes
        if not UtilClient.is_unset(request.password):
            body['password'] = request.password
        if not UtilClient.is_unset(request.ratio):
            body['ratio'] = request.ratio
        if not UtilClient.is_unset(request.rows):
            body['rows'] = request.rows
        if not UtilClient.is_unset(request.stacks):
            body['stacks'] = request.stacks
        if not UtilClient.is_unset(request.stream):
            body['stream'] = request.stream
        if not UtilClient.is_unset(request.table):
            body['table'] = request.table
        if not UtilClient.is_unset(request.text):
            body['text'] = request.text
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            body=OpenApiUtilClient.parse_to_map(body)
        )
        params = open_api_models.Params(
            action='ShowTypes',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/types',
            method='POST',
            auth_type='AK',
            style='ROA',
            req_body_type='json',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.ShowTypesResponse(),
            self.execute(params, req, runtime)
        )

    async def show_types_with_options_async(
        self,
        request: dingtalkalpha__1__0_models.ShowTypesRequest,
        headers: dingtalkalpha__1__0_models.ShowTypesHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.ShowTypesResponse:
        """
        @summary made up
        
        @return: ShowTypesResponse
        """
        UtilClient.validate_model(request)
        body = {}
        if not UtilClient.is_unset(request.address):
            body['address'] = request.address
        if not UtilClient.is_unset(request.anything):
            body['anything'] = request.anything
        if not UtilClient.is_unset(request.bytes):
            body['bytes'] = request.bytes
        if not UtilClient.is_unset(request.count):
            body['count'] = request.count
        if not UtilClient.is_unset(request.flags):
            body['flags'] = request.flags
        if not UtilClient.is_unset(request.free):
            body['free'] = request.free
        if not UtilClient.is_unset(request.groups):
            body['groups'] = request.groups
        if not UtilClient.is_unset(request.labels):
            body['labels'] = request.labels
        if not UtilClient.is_unset(request.levels):
            body['levels'] = request.levels
        if not UtilClient.is_unset(request.notes):
            body['notes'] = request.notes
        if not UtilClient.is_unset(request.password):
            body['password'] = request.password
        if not UtilClient.is_unset(request.ratio):
            body['ratio'] = request.ratio
        if not UtilClient.is_unset(request.rows):
            body['rows'] = request.rows
        if not UtilClient.is_unset(request.stacks):
            body['stacks'] = request.stacks
        if not UtilClient.is_unset(request.stream):
            body['stream'] = request.stream
        if not UtilClient.is_unset(request.table):
            body['table'] = request.table
        if not UtilClient.is_unset(request.text):
            body['text'] = request.text
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            body=OpenApiUtilClient.parse_to_map(body)
        )
        params = open_api_models.Params(
            action='ShowTypes',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/types',
            method='POST',
            auth_type='AK',
            style='ROA',
            req_body_type='json',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.ShowTypesResponse(),
            await self.execute_async(params, req, runtime)
        )

    def show_types(
        self,
        request: dingtalkalpha__1__0_models.ShowTypesRequest,
    ) -> dingtalkalpha__1__0_models.ShowTypesResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.ShowTypesHeaders()
        return self.show_types_with_options(request, headers, runtime)

    async def show_types_async(
        self,
        request: dingtalkalpha__1__0_models.ShowTypesRequest,
    ) -> dingtalkalpha__1__0_models.ShowTypesResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.ShowTypesHeaders()
        return await self.show_types_with_options_async(request, headers, runtime)

    def find_things_with_options(
        self,
        building_id: str,
        thing_id: str,
        tmp_req: dingtalkalpha__1__0_models.FindThingsRequest,
        headers: dingtalkalpha__1__0_models.FindThingsHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.FindThingsResponse:
        """
        @summary made up
        
        @return: FindThingsResponse
        """
        UtilClient.validate_model(tmp_req)
        request = dingtalkalpha__1__0_models.FindThingsShrinkRequest()
        OpenApiUtilClient.convert(tmp_req, request)
        if not UtilClient.is_unset(tmp_req.filters):
            request.filters_shrink = OpenApiUtilClient.array_to_string_with_specified_style(tmp_req.filters, 'filters', 'json')
        if not UtilClient.is_unset(tmp_req.ids):
            request.ids_shrink = OpenApiUtilClient.array_to_string_with_specified_style(tmp_req.ids, 'ids', 'json')
        if not UtilClient.is_unset(tmp_req.names):
            request.names_shrink = OpenApiUtilClient.array_to_string_with_specified_style(tmp_req.names, 'names', 'simple')
        query = {}
        if not UtilClient.is_unset(request.active):
            query['active'] = request.active
        if not UtilClient.is_unset(request.filters_shrink):
            query['filters'] = request.filters_shrink
        if not UtilClient.is_unset(request.ids_shrink):
            query['ids'] = request.ids_shrink
        if not UtilClient.is_unset(request.kinds):
            query['kinds'] = request.kinds
        if not UtilClient.is_unset(request.max_results):
            query['maxResults'] = request.max_results
        if not UtilClient.is_unset(request.names_shrink):
            query['names'] = request.names_shrink
        if not UtilClient.is_unset(request.next_token):
            query['nextToken'] = request.next_token
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_client_token):
            real_headers['x-client-token'] = UtilClient.to_jsonstring(headers.x_client_token)
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            query=OpenApiUtilClient.query(query)
        )
        params = open_api_models.Params(
            action='FindThings',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/buildings/{building_id}/things/{thing_id}',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.FindThingsResponse(),
            self.execute(params, req, runtime)
        )

    def find_things(
        self,
        building_id: str,
        thing_id: str,
        request: dingtalkalpha__1__0_models.FindThingsRequest,
    ) -> dingtalkalpha__1__0_models.FindThingsResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.FindThingsHeaders()
        return self.find_things_with_options(building_id, thing_id, request, headers, runtime)

    def list_pages_with_options(
        self,
        request: dingtalkalpha__1__0_models.ListPagesRequest,
        headers: dingtalkalpha__1__0_models.ListPagesHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.ListPagesResponse:
        """
        @summary made up
        
        @return: ListPagesResponse
        """
        UtilClient.validate_model(request)
        body = {}
        if not UtilClient.is_unset(request.page_number):
            body['pageNumber'] = request.page_number
        if not UtilClient.is_unset(request.page_size):
            body['pageSize'] = request.page_size
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            body=OpenApiUtilClient.parse_to_map(body)
        )
        params = open_api_models.Params(
            action='ListPages',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/pages',
            method='POST',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.ListPagesResponse(),
            self.execute(params, req, runtime)
        )

    def list_pages(
        self,
        request: dingtalkalpha__1__0_models.ListPagesRequest,
    ) -> dingtalkalpha__1__0_models.ListPagesResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.ListPagesHeaders()
        return self.list_pages_with_options(request, headers, runtime)

    def send_card_with_options(
        self,
        tmp_req: dingtalkalpha__1__0_models.SendCardRequest,
        headers: dingtalkalpha__1__0_models.SendCardHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.SendCardResponse:
        """
        @summary made up
        
        @return: SendCardResponse
        """
        UtilClient.validate_model(tmp_req)
        request = dingtalkalpha__1__0_models.SendCardShrinkRequest()
        OpenApiUtilClient.convert(tmp_req, request)
        if not UtilClient.is_unset(tmp_req.cards):
            request.cards_shrink = OpenApiUtilClient.array_to_string_with_specified_style(tmp_req.cards, 'cards', 'json')
        query = {}
        if not UtilClient.is_unset(request.dry_run):
            query['dryRun'] = request.dry_run
        body = {}
        if not UtilClient.is_unset(request.cards_shrink):
            body['cards'] = request.cards_shrink
        if not UtilClient.is_unset(request.client_token):
            body['clientToken'] = request.client_token
        if not UtilClient.is_unset(request.user_id):
            body['userId'] = request.user_id
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            query=OpenApiUtilClient.query(query),
            body=OpenApiUtilClient.parse_to_map(body)
        )
        params = open_api_models.Params(
            action='SendCard',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/cards',
            method='POST',
            auth_type='AK',
            style='ROA',
            req_body_type='formData',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.SendCardResponse(),
            self.execute(params, req, runtime)
        )

    def send_card(
        self,
        request: dingtalkalpha__1__0_models.SendCardRequest,
    ) -> dingtalkalpha__1__0_models.SendCardResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.SendCardHeaders()
        return self.send_card_with_options(request, headers, runtime)

    def set_members_with_options(
        self,
        request: dingtalkalpha__1__0_models.SetMembersRequest,
        headers: dingtalkalpha__1__0_models.SetMembersHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.SetMembersResponse:
        """
        @summary made up
        
        @return: SetMembersResponse
        """
        UtilClient.validate_model(request)
        query = {}
        if not UtilClient.is_unset(request.group):
            query['group'] = request.group
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            query=OpenApiUtilClient.query(query),
            body=UtilClient.to_array(request.body)
        )
        params = open_api_models.Params(
            action='SetMembers',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/members',
            method='PUT',
            auth_type='AK',
            style='ROA',
            req_body_type='json',
            body_type='none'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.SetMembersResponse(),
            self.execute(params, req, runtime)
        )

    def set_members(
        self,
        request: dingtalkalpha__1__0_models.SetMembersRequest,
    ) -> dingtalkalpha__1__0_models.SetMembersResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.SetMembersHeaders()
        return self.set_members_with_options(request, headers, runtime)

    def set_names_with_options(
        self,
        request: dingtalkalpha__1__0_models.SetNamesRequest,
        headers: dingtalkalpha__1__0_models.SetNamesHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.SetNamesResponse:
        """
        @summary made up
        
        @return: SetNamesResponse
        """
        UtilClient.validate_model(request)
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            body=request.body
        )
        params = open_api_models.Params(
            action='SetNames',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/names',
            method='PUT',
            auth_type='AK',
            style='ROA',
            req_body_type='json',
            body_type='none'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.SetNamesResponse(),
            self.execute(params, req, runtime)
        )

    def set_names(
        self,
        request: dingtalkalpha__1__0_models.SetNamesRequest,
    ) -> dingtalkalpha__1__0_models.SetNamesResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.SetNamesHeaders()
        return self.set_names_with_options(request, headers, runtime)

    def get_tree_with_options(
        self,
        headers: dingtalkalpha__1__0_models.GetTreeHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.GetTreeResponse:
        """
        @summary made up
        
        @return: GetTreeResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='GetTree',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/tree',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.GetTreeResponse(),
            self.execute(params, req, runtime)
        )

    def get_tree(
        self,
    ) -> dingtalkalpha__1__0_models.GetTreeResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.GetTreeHeaders()
        return self.get_tree_with_options(headers, runtime)

    def get_person_with_options(
        self,
        union_id: str,
        headers: dingtalkalpha__1__0_models.GetPersonHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.GetPersonResponse:
        """
        @summary made up
        
        @return: GetPersonResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='GetPerson',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/persons/{union_id}',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.GetPersonResponse(),
            self.execute(params, req, runtime)
        )

    def get_person(
        self,
        union_id: str,
    ) -> dingtalkalpha__1__0_models.GetPersonResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.GetPersonHeaders()
        return self.get_person_with_options(union_id, headers, runtime)

    def is_there_with_options(
        self,
        headers: dingtalkalpha__1__0_models.IsThereHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.IsThereResponse:
        """
        @summary made up
        
        @return: IsThereResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='IsThere',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/there',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='boolean'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.IsThereResponse(),
            self.execute(params, req, runtime)
        )

    def is_there(
        self,
    ) -> dingtalkalpha__1__0_models.IsThereResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.IsThereHeaders()
        return self.is_there_with_options(headers, runtime)

    def list_names_with_options(
        self,
        headers: dingtalkalpha__1__0_models.ListNamesHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.ListNamesResponse:
        """
        @summary made up
        
        @return: ListNamesResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='ListNames',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/names',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='array'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.ListNamesResponse(),
            self.execute(params, req, runtime)
        )

    def list_names(
        self,
    ) -> dingtalkalpha__1__0_models.ListNamesResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.ListNamesHeaders()
        return self.list_names_with_options(headers, runtime)

    def get_anything_with_options(
        self,
        headers: dingtalkalpha__1__0_models.GetAnythingHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.GetAnythingResponse:
        """
        @summary made up
        
        @return: GetAnythingResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='GetAnything',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/anything',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='any'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.GetAnythingResponse(),
            self.execute(params, req, runtime)
        )

    def get_anything(
        self,
    ) -> dingtalkalpha__1__0_models.GetAnythingResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.GetAnythingHeaders()
        return self.get_anything_with_options(headers, runtime)

    def get_map_with_options(
        self,
        headers: dingtalkalpha__1__0_models.GetMapHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.GetMapResponse:
        """
        @summary made up
        
        @return: GetMapResponse
        """
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='GetMap',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/map',
            method='GET',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.GetMapResponse(),
            self.execute(params, req, runtime)
        )

    def get_map(
        self,
    ) -> dingtalkalpha__1__0_models.GetMapResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.GetMapHeaders()
        return self.get_map_with_options(headers, runtime)

    def get_token_with_options(
        self,
        request: dingtalkalpha__1__0_models.GetTokenRequest,
        headers: Dict[str, str],
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.GetTokenResponse:
        """
        @summary made up
        
        @return: GetTokenResponse
        """
        UtilClient.validate_model(request)
        body = {}
        if not UtilClient.is_unset(request.app_key):
            body['appKey'] = request.app_key
        if not UtilClient.is_unset(request.app_secret):
            body['appSecret'] = request.app_secret
        req = open_api_models.OpenApiRequest(
            headers=headers,
            body=OpenApiUtilClient.parse_to_map(body)
        )
        params = open_api_models.Params(
            action='GetToken',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/token',
            method='POST',
            auth_type='Anonymous',
            style='ROA',
            req_body_type='json',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.GetTokenResponse(),
            self.execute(params, req, runtime)
        )

    def get_token(
        self,
        request: dingtalkalpha__1__0_models.GetTokenRequest,
    ) -> dingtalkalpha__1__0_models.GetTokenResponse:
        runtime = util_models.RuntimeOptions()
        headers = {}
        return self.get_token_with_options(request, headers, runtime)

    def batch_send_otowith_options(
        self,
        request: dingtalkalpha__1__0_models.BatchSendOTORequest,
        headers: dingtalkalpha__1__0_models.BatchSendOTOHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.BatchSendOTOResponse:
        """
        @summary made up
        
        @return: BatchSendOTOResponse
        """
        UtilClient.validate_model(request)
        body = {}
        if not UtilClient.is_unset(request.user_ids):
            body['userIds'] = request.user_ids
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            body=OpenApiUtilClient.parse_to_map(body)
        )
        params = open_api_models.Params(
            action='BatchSendOTO',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/oto',
            method='POST',
            auth_type='AK',
            style='ROA',
            req_body_type='none',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.BatchSendOTOResponse(),
            self.execute(params, req, runtime)
        )

    def batch_send_oto(
        self,
        request: dingtalkalpha__1__0_models.BatchSendOTORequest,
    ) -> dingtalkalpha__1__0_models.BatchSendOTOResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.BatchSendOTOHeaders()
        return self.batch_send_otowith_options(request, headers, runtime)

    def cancel_all_with_options(
        self,
        request: dingtalkalpha__1__0_models.CancelAllRequest,
        headers: dingtalkalpha__1__0_models.CancelAllHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.CancelAllResponse:
        """
        @summary made up
        
        @return: CancelAllResponse
        """
        UtilClient.validate_model(request)
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers
        )
        params = open_api_models.Params(
            action='CancelAll',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/all',
            method='DELETE',
            auth_type='AK',
            style='ROA',
            req_body_type='json',
            body_type='none'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.CancelAllResponse(),
            self.execute(params, req, runtime)
        )

    def cancel_all(
        self,
        request: dingtalkalpha__1__0_models.CancelAllRequest,
    ) -> dingtalkalpha__1__0_models.CancelAllResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.CancelAllHeaders()
        return self.cancel_all_with_options(request, headers, runtime)

    def read_un_read_with_options(
        self,
        user_id: str,
        request: dingtalkalpha__1__0_models.ReadUnReadRequest,
        headers: dingtalkalpha__1__0_models.ReadUnReadHeaders,
        runtime: util_models.RuntimeOptions,
    ) -> dingtalkalpha__1__0_models.ReadUnReadResponse:
        """
        @summary made up
        
        @return: ReadUnReadResponse
        """
        UtilClient.validate_model(request)
        body = {}
        real_headers = {}
        if not UtilClient.is_unset(headers.common_headers):
            real_headers = headers.common_headers
        if not UtilClient.is_unset(headers.x_acs_dingtalk_access_token):
            real_headers['x-acs-dingtalk-access-token'] = UtilClient.to_jsonstring(headers.x_acs_dingtalk_access_token)
        req = open_api_models.OpenApiRequest(
            headers=real_headers,
            body=OpenApiUtilClient.parse_to_map(body)
        )
        params = open_api_models.Params(
            action='ReadUnRead',
            version='alpha_1.0',
            protocol='HTTP',
            pathname=f'/v1.0/alpha/unread ',
            method='PATCH',
            auth_type='AK',
            style='ROA',
            req_body_type='json',
            body_type='json'
        )
        return TeaCore.from_map(
            dingtalkalpha__1__0_models.ReadUnReadResponse(),
            self.execute(params, req, runtime)
        )

    def read_un_read(
        self,
        user_id: str,
        request: dingtalkalpha__1__0_models.ReadUnReadRequest,
    ) -> dingtalkalpha__1__0_models.ReadUnReadResponse:
        runtime = util_models.RuntimeOptions()
        headers = dingtalkalpha__1__0_models.ReadUnReadHeaders()
        return self.read_un_read_with_options(user_id, request, headers, runtime)
